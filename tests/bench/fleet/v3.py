"""v3.py - the same printers over SNMPv3, authPriv with SHA-256 and AES-128, beside v2c.

One agent answers both, so what differs is v3 alone. "again" is a second full reading and
"status" a glance of printers that are known: no datagram may be for learning an engine then.

SPDX-License-Identifier: MIT
"""
import os
import subprocess

import measure
from measure import Setting

CONFIG = '''[profile default]
version = 3
user = bench
auth = SHA-256
auth-password = auth-password
priv = AES-128
priv-password = priv-password
'''
AGENT = os.path.join(measure.BUILD, 'tests/bench/v3_agent')
MODES = ('again', 'status')
SIZES = (100, 10000)


def absent():
    """Why this cannot be measured; empty if it can."""
    if not os.access(AGENT, os.X_OK):
        return '%s was not built' % AGENT
    tried = subprocess.run([AGENT, '-c', '100:1000'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return tried.stderr.decode(errors='replace').strip() if tried.returncode else ''


class Agent(measure.Sim):
    """In the place of the simulated fleet; counts engines that were asked for."""

    def command(self, setting, recordings):
        return [AGENT, '-b', measure.BASE, '-n', str(setting.n)] + recordings

    def cipher_us(self, asked, answered):
        """CPU of cipher and MAC for one exchange of this many octets, by the library's own."""
        sizes = '%d:%d' % (min(asked, 1400), min(answered, 1400))
        found = subprocess.run([AGENT, '-c', sizes], stdout=subprocess.PIPE, check=True).stdout
        return float(found.split(b':')[1].strip(b' }\n'))


def command(setting, version):
    line = measure.brayer(setting)
    if version == 3:
        config = os.path.join(measure.HOME, 'v3.conf')
        if not os.path.exists(config):
            with open(os.open(config, os.O_WRONLY | os.O_CREAT, 0o600), 'w') as out:
                out.write(CONFIG)
        line += ['-f', config]
    return line


def take(agent, setting, version):
    agent.reset()
    result = measure.run(command(setting, version))
    counts = agent.counts()
    if 'own_done' not in result:
        raise RuntimeError('v3: no figures (exit status %s)' % result.get('status'))
    result['done'] = result['own_done']
    result['each_us'] = result['own_cpu'] * 1e6 / max(1, result['own_done'])
    result['questions'] = result['own_questions'] / max(1, result['own_done'])
    result['learned_again'] = counts['again']
    result['asked'] = counts['bytes_in'] / max(1, counts['requests'])
    result['answered'] = counts['bytes_out'] / max(1, counts['requests'])
    return result


def measure_all(runs):
    """{(mode, n): {2: runs, 3: runs, 'cipher_us': of one reading}}"""
    found = {}
    for n in SIZES:
        for mode in MODES:
            setting = Setting(mode, n)
            both = {2: [], 3: []}
            with Agent(setting) as agent:
                for _ in range(runs):
                    for version, rows in both.items():
                        rows.append(take(agent, setting, version))
                exchange = agent.cipher_us(measure.median(both[3], 'asked'), measure.median(both[3], 'answered'))
            both['cipher_us'] = exchange * measure.median(both[3], 'questions')
            found[mode, n] = both
            show(mode, n, both)
    return found


def show(mode, n, both):
    print('\nv3 authPriv, %s, %d printers' % (mode, n))
    for version in (2, 3):
        rows = both[version]
        print('  v%d  %9.1f us CPU each, %6.2f questions each, engines asked for again: %d, done %d'
              % (version, measure.median(rows, 'each_us'), measure.median(rows, 'questions'),
                 max(r['learned_again'] for r in rows), min(r['done'] for r in rows)))
    print('  cipher and MAC, measured apart: %.1f us each' % both['cipher_us'], flush=True)
