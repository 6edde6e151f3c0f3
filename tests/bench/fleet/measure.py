"""measure.py - the simulated fleet, one run of one program against it, and medians of pairs.

SPDX-License-Identifier: MIT
"""
import collections
import json
import os
import signal
import statistics
import subprocess
import time

BASE = '127.16.0.1'

# Where things are; fleet.sh says so.
REFERENCE = os.environ['FLEET_REFERENCE']  # built reference programs
SOURCES = os.environ['FLEET_SOURCES']
BUILD = os.environ['FLEET_BUILD']
HOME = os.environ['FLEET_HOME']  # a temporary directory
COST = os.path.join(BUILD, 'tests/bench/cost')

Setting = collections.namedtuple(
    'Setting', 'mode n delay jitter loss dead serial timeout_ms retries pace',
    defaults=(0, 0, 0, 0, False, 1000, 2, 0))


def address(i):
    first = [int(part) for part in BASE.split('.')]
    number = int.from_bytes(bytes(first), 'big') + i
    return '.'.join(str(b) for b in number.to_bytes(4, 'big'))


def window(n):
    """Printers at once: what the reference walker needs to be at its best."""
    return n if n <= 1000 else 4000


def live(setting):
    return setting.n - setting.n * setting.dead // 100


def skip(what):
    print('skipped', what, flush=True)


class Sim:
    """The fleet of one setting on port 161; counts what reaches it."""

    def __init__(self, setting):
        printers = os.path.join(SOURCES, 'printers')
        recordings = sorted(os.path.join(printers, name) for name in os.listdir(printers))
        self.said = os.path.join(HOME, 'sim')
        with open(self.said, 'w') as out:
            self.process = subprocess.Popen(self.command(setting, recordings), stdout=subprocess.DEVNULL, stderr=out)
        self.wait(lambda lines: 'ready' in lines)

    def command(self, setting, recordings):
        options = ['-s'] if setting.serial else []
        return [os.path.join(REFERENCE, 'sim'), '-b', BASE, '-n', str(live(setting)), '-d', str(setting.delay),
                '-j', str(setting.jitter), '-l', str(setting.loss)] + options + recordings

    def lines(self):
        with open(self.said, errors='replace') as said:
            return said.read().split('\n')

    def wait(self, good):
        until = time.monotonic() + 10
        while not good(self.lines()):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError('the simulated fleet does not answer: ' + self.lines()[0])
            time.sleep(0.01)

    def reset(self):
        self.process.send_signal(signal.SIGUSR2)
        time.sleep(0.02)

    def counts(self):
        before = len(self.lines())
        self.process.send_signal(signal.SIGUSR1)
        self.wait(lambda lines: len(lines) > before)
        return json.loads(self.lines()[-2])

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.process.terminate()
        self.process.wait()


def last_json(path):
    """The last line of what a program said that is JSON; empty if there is none."""
    with open(path, errors='replace') as said:
        for line in reversed(said.read().split('\n')):
            if line.startswith('{'):
                try:
                    return json.loads(line)
                except ValueError:
                    return {}
    return {}


def run(command, during=None, timeout=300, keep=True):
    """Runs it under cost; its own JSON where it prints one, over the kernel's account."""
    account, said = os.path.join(HOME, 'account'), os.path.join(HOME, 'said')
    if os.path.exists(account):
        os.unlink(account)
    with open(said if keep else os.devnull, 'w') as out:
        process = subprocess.Popen([COST, account] + command, stdout=out, stderr=out,
                                   stdin=subprocess.DEVNULL)
    try:
        if during:
            during(process)
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.terminate()
        process.wait()
    result = last_json(account) if os.path.exists(account) else {'status': 126}
    if keep:
        result['whole_cpu'] = result.get('cpu')
        result.update({'own_' + k: v for k, v in last_json(said).items()})
        for member in ('wall', 'cpu', 'user', 'rss_kb'):
            if 'own_' + member in result:
                result[member] = result['own_' + member]
    return result


def child_of(pid):
    try:
        with open('/proc/%d/task/%d/children' % (pid, pid)) as children:
            return int(children.read().split()[0])
    except (OSError, IndexError, ValueError):
        return 0


def sockets_of(pid):
    """Open sockets of a process, by family; unix ones are not asked for."""
    found, inodes = {}, set()
    try:
        for fd in os.listdir('/proc/%d/fd' % pid):
            link = os.readlink('/proc/%d/fd/%s' % (pid, fd))
            if link.startswith('socket:['):
                inodes.add(link[8:-1])
    except OSError:
        return found
    for family in ('udp', 'udp6'):
        with open('/proc/net/' + family) as table:
            rows = [line.split()[9] for line in table.read().split('\n')[1:] if line]
        found[family] = len(inodes & set(rows))
    return found


def most_sockets(process):
    """A function for run(during=): looks every 20 ms; what it saw most is its attribute."""
    most = collections.Counter()
    while process.poll() is None:
        for family, count in sockets_of(child_of(process.pid)).items():
            most[family] = max(most[family], count)
        time.sleep(0.02)
    most_sockets.seen = dict(most)


def walker(setting):
    return [os.path.join(REFERENCE, 'lim'), '-b', BASE, '-n', str(setting.n),
            '-w', str(window(setting.n)), '-m', setting.mode, '-t', str(setting.timeout_ms),
            '-r', str(setting.retries)]


def netsnmp(setting):
    return [os.path.join(REFERENCE, 'nsa'), '-b', BASE, '-n', str(setting.n),
            '-w', str(window(setting.n)), '-m', setting.mode, '-M', '3']


def brayer(setting, *more):
    """With the window that the engine chooses by itself."""
    return [os.path.join(BUILD, 'tests/bench/fleet_read'), '-b', BASE, '-n', str(setting.n),
            '-k', '1', '-p', '161', '-w', '0', '-P', str(setting.pace),
            '-m', setting.mode, '-t', str(setting.timeout_ms), '-r', str(setting.retries), *more]


def take(program, command, sim, setting):
    """One run of a program that does its own account, with what reached the fleet."""
    sim.reset()
    result = run(command(setting))
    counts = sim.counts()
    if 'own_done' not in result:
        raise RuntimeError('%s: no figures (exit status %s)' % (program, result.get('status')))
    result['done'], result['failed'] = result['own_done'], result.get('own_failed', 0)
    result['requests'] = counts['requests'] / max(1, live(setting))
    if 'own_process_wall' in result:
        ours_alone(result, setting)
    return result


def ours_alone(result, setting):
    """Of a full reading all that the process did counts, as it does for the walker; a status
    reading is told from the full ones that taught it, so there the program's own figures hold."""
    if setting.mode == 'full':
        result['wall'], result['cpu'] = result['own_process_wall'], result['whole_cpu']
    else:
        result['requests'] = result['own_questions'] / setting.n


def median(results, member):
    values = [r[member] for r in results if member in r]
    return statistics.median(values) if values else None


def ratio(ours, theirs, member):
    """Median of the rounds' own ratios; rounds that only one side has do not count."""
    pairs = [a[member] / b[member] for a, b in zip(ours, theirs) if b.get(member)]
    return statistics.median(pairs) if pairs else None
