"""peers.py - what others use to read many printers, set up for the same tables.

Each peer is a class: take(sim, setting) makes one run and gives wall, cpu, rss_kb, requests,
done, failed; close() ends what it started. A peer that is not installed is absent() with a word.

SPDX-License-Identifier: MIT
"""
import os
import shutil
import signal
import subprocess
import time

import measure

TICK = os.sysconf('SC_CLK_TCK')
MIB2, HOST, PRINTER = '1.3.6.1.2.1.2', '1.3.6.1.2.1.25', '1.3.6.1.2.1.43'
SCALARS = ['1.3.6.1.2.1.1.%d.0' % n for n in range(1, 7)]
FULL = [MIB2 + '.2.1.6', HOST + '.3.2.1.3', HOST + '.3.2.1.5', HOST + '.3.5.1.1', HOST + '.3.5.1.2']
FULL += [PRINTER + '.' + n for n in ('5', '6', '8', '9', '10', '11', '12', '16.5.1.2', '18')]
BINARY = [MIB2 + '.2.1.6', HOST + '.3.5.1.2']  # octets that are no text
SUPPLIES = [PRINTER + '.11.1.1.%d' % n for n in (3, 5, 6, 8, 9)] + [PRINTER + '.12.1.1.4']


def environment():
    """Nobody's own configuration of net-snmp, and no MIB files."""
    return dict(os.environ, MIBS='', HOME=measure.HOME, SNMP_PERSISTENT_DIR=measure.HOME)


def columns(tables):
    """The columns that the fleet's printers have below these tables: oid -> (tag, index arcs)."""
    found, folder = {}, os.path.join(measure.SOURCES, 'printers')
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), errors='replace') as recording:
            for line in recording:
                oid, tag = line.split('|')[:2]
                arcs = oid.split('.')
                length = 10 if oid.startswith(MIB2 + '.') else 11
                if any(oid.startswith(t + '.') for t in tables) and len(arcs) > length:
                    column = '.'.join(arcs[:length])
                    tag = '4x' if column in BINARY or '4x' in (tag, found.get(column, ('',))[0]) else tag
                    found[column] = (tag, len(arcs) - length)
    return found


def module(tables, scalars):
    """One module of the exporter's configuration: every column is a metric, no lookups."""
    text = ['  version: 2', '  auth:', '    community: public', '  walk:']
    text += ['  - ' + table for table in tables]
    if scalars:
        text += ['  get:'] + ['  - ' + scalar for scalar in scalars]
    text += ['  metrics:']
    metrics = [(oid[:-2], '67' if oid.endswith('.3.0') else '4', 0) for oid in scalars]
    metrics += [(oid, tag, indexes) for oid, (tag, indexes) in sorted(columns(tables).items())]
    for oid, tag, indexes in metrics:
        kind = 'gauge' if tag in ('2', '65', '66', '67') else 'OctetString' if tag == '4x' else 'DisplayString'
        text += ['  - name: c%s' % oid.replace('.', '_'), '    oid: ' + oid, '    type: ' + kind,
                 '    help: one column']
        if indexes:
            text.append('    indexes:')
            text += ['    - labelname: i%d\n      type: gauge' % i for i in range(indexes)]
    return text


class Exporter:
    """snmp_exporter as a daemon, scraped by curl; its CPU is what the daemon used meanwhile."""

    name = 'snmp_exporter'

    @staticmethod
    def absent():
        missing = [p for p in ('prometheus-snmp-exporter', 'curl') if not shutil.which(p)]
        return 'not here (Debian: prometheus-snmp-exporter curl)' if missing else ''

    def __init__(self):
        config = os.path.join(measure.HOME, 'snmp.yml')
        with open(config, 'w') as out:
            out.write('\n'.join(['full:'] + module(FULL, SCALARS) + ['supplies:'] + module(SUPPLIES, []) + ['']))
        self.tried = set()
        with open(os.path.join(measure.HOME, 'exporter'), 'w') as said:
            self.process = subprocess.Popen(
                ['prometheus-snmp-exporter', '--config.file=' + config, '--web.listen-address=127.0.0.1:9116'],
                stdout=said, stderr=said)
        for _ in range(100):
            if subprocess.run(['curl', '-s', '-o', os.devnull, 'http://127.0.0.1:9116/']).returncode == 0:
                return
            time.sleep(0.05)
        self.close()
        raise RuntimeError('snmp_exporter: does not start with this configuration')

    def cpu(self):
        with open('/proc/%d/stat' % self.process.pid) as stat:
            fields = stat.read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def peak_kb(self):
        with open('/proc/%d/status' % self.process.pid) as status:
            return next(int(line.split()[1]) for line in status if line.startswith('VmHWM'))

    def try_one(self, what):
        """A page of figures, not of errors: said once for each module."""
        if what not in self.tried:
            url = 'http://127.0.0.1:9116/snmp?target=%s&module=%s' % (measure.BASE, what)
            page = subprocess.run(['curl', '-s', url], stdout=subprocess.PIPE, check=False).stdout
            if b'snmp_scrape_pdus_returned' not in page:
                raise RuntimeError('it takes another configuration: %s' % page[:200])
            self.tried.add(what)

    def take(self, sim, setting):
        scrapes = os.path.join(measure.HOME, 'scrapes')
        what = 'full' if setting.mode == 'full' else 'supplies'
        with open(scrapes, 'w') as out:
            for i in range(setting.n):
                out.write('url = "http://127.0.0.1:9116/snmp?target=%s&module=%s"\noutput = "%s"\n'
                          % (measure.address(i), what, os.devnull))
        self.try_one(what)
        parallel = '250' if setting.n > 100 else '100'
        sim.reset()
        before = self.cpu()
        result = measure.run(['curl', '-s', '-Z', '--parallel-max', parallel, '-K', scrapes], keep=False)
        result['cpu'] = self.cpu() - before
        result['rss_kb'] = self.peak_kb()
        return reached(result, sim, setting)

    def close(self):
        self.process.terminate()
        self.process.wait()


def reached(result, sim, setting):
    """A peer does not say what it read: the fleet counts who was asked, and how often."""
    counts = sim.counts()
    result['requests'] = counts['requests'] / max(1, measure.live(setting))
    result['done'], result['failed'] = counts['printers'], setting.n - counts['printers']
    return result


class Tools:
    """snmpget and three snmpbulkwalk for each printer, 32 printers at once."""

    name = 'snmpbulkwalk, xargs -P32'

    @staticmethod
    def absent():
        missing = [p for p in ('snmpget', 'snmpbulkwalk', 'xargs') if not shutil.which(p)]
        return 'not here (Debian: snmp findutils)' if missing else ''

    def __init__(self):
        self.script = os.path.join(measure.HOME, 'walk')
        with open(self.script, 'w') as out:
            out.write('#!/bin/sh\nsnmpget -v2c -c public -On "$1" %s\n' % ' '.join('.' + s for s in SCALARS))
            for table in (MIB2 + '.2.1.6', HOST + '.3', PRINTER):
                out.write('snmpbulkwalk -v2c -c public -Cr25 -On "$1" .%s\n' % table)
        os.chmod(self.script, 0o755)

    def take(self, sim, setting):
        addresses = os.path.join(measure.HOME, 'addresses')
        with open(addresses, 'w') as out:
            out.write(''.join(measure.address(i) + '\n' for i in range(setting.n)))
        sim.reset()
        os.environ.update(environment())
        result = measure.run(['xargs', '-a', addresses, '-P32', '-n1', self.script], keep=False)
        return reached(result, sim, setting)

    def close(self):
        pass


class Collectd:
    """collectd's snmp plugin reading supplies once, values dropped; wall is of the first cycle."""

    name = "collectd's snmp plugin"
    columns = (('level', 9), ('most', 8), ('type', 5))

    @staticmethod
    def absent():
        return '' if shutil.which('collectd') else 'not here (Debian: collectd-core)'

    def __init__(self, threads=64, bulk=15):
        self.threads, self.bulk = threads, bulk

    def config(self, setting):
        home = measure.HOME
        text = ['BaseDir "%s"' % home, 'PIDFile "%s/collectd.pid"' % home, 'Interval 300',
                'ReadThreads %d' % self.threads, 'LoadPlugin snmp', 'PostCacheChain "drop"',
                '<Chain "drop">', ' Target "stop"', '</Chain>', '<Plugin snmp>']
        for name, column in self.columns:
            text += [' <Data "%s">' % name, '  Type "gauge"', '  Table true',
                     '  TypeInstanceOID "%s.11.1.1.6"' % PRINTER,
                     '  Values "%s.11.1.1.%d"' % (PRINTER, column), ' </Data>']
        for i in range(setting.n):
            text += [' <Host "p%d">' % i, '  Address "%s"' % measure.address(i), '  Version 2',
                     '  Community "public"', '  Collect "level" "most" "type"', '  Interval 300',
                     '  Timeout 2', '  Retries 2', '  BulkSize %d' % self.bulk, ' </Host>']
        path = os.path.join(home, 'collectd.conf')
        with open(path, 'w') as out:
            out.write('\n'.join(text + ['</Plugin>', '']))
        return path

    def take(self, sim, setting):
        def first_cycle(process):
            before, still, until = -1, 0, time.monotonic() + 120
            while still < 8 and time.monotonic() < until and process.poll() is None:
                time.sleep(0.15)
                counts = sim.counts()
                quiet = counts['requests'] == before and counts['printers'] >= measure.live(setting)
                still = still + 1 if quiet else 0
                before = counts['requests']
            process.send_signal(signal.SIGTERM)

        path = self.config(setting)
        sim.reset()
        result = measure.run(['collectd', '-f', '-C', path], during=first_cycle, keep=False)
        reached(result, sim, setting)
        result['wall'] = sim.counts()['span_s']
        return result

    def close(self):
        pass


def open_all(kinds):
    """Those that are here; the others are named aloud."""
    found = {}
    for kind in kinds:
        why = kind.absent()
        try:
            if not why:
                found[kind.name] = kind()
        except RuntimeError as error:
            why = str(error)
        if why:
            measure.skip('%s: %s' % (kind.name, why))
    return found
