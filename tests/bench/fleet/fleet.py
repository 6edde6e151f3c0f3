"""fleet.py - runs every setting, ours and the others in turn, and prints the two tables.

Nothing in the tables is written by hand: a row that was not measured says so.

SPDX-License-Identifier: MIT
"""
import json
import os
import signal
import sys

import measure
import peers
import targets
import v3
from measure import Setting

RUNS = int(os.environ.get('BENCH_RUNS', '5'))
PEER_RUNS = min(RUNS, int(os.environ.get('BENCH_PEER_RUNS', '3')))
FULL = bool(os.environ.get('BENCH_FULL'))
OURS, WALKER, NETSNMP = 'brayer', 'walker', 'net-snmp epoll'
COMMANDS = {OURS: measure.brayer, WALKER: measure.walker, NETSNMP: measure.netsnmp}
EXPORTER, TOOLS, COLLECTD = peers.Exporter.name, peers.Tools.name, peers.Collectd.name


def short_matrix():
    """(setting, peers, how often those run); ours, the walker and net-snmp are in each."""
    slow = [EXPORTER, TOOLS]
    plan = [(Setting('full', n, delay), [], 0) for n in (100, 1000, 10000) for delay in (0, 2, 20)]
    plan += [(Setting('full', 50000, 0), [], 0), (Setting('status', 50000, 0), [], 0)]
    plan += [(Setting('status', n, delay), [], 0) for n in (1000, 10000) for delay in (0, 20)]
    plan += [(targets.LOSS, [], 0), (targets.DEAD, [EXPORTER], min(1, PEER_RUNS)), (targets.HALF_DEAD, [], 0),
             (targets.SERIAL, [], 0)]
    peers_of = {targets.FULL_1000: (slow, PEER_RUNS), targets.FULL_10000: ([EXPORTER], min(1, PEER_RUNS)),
                targets.STATUS_1000: ([COLLECTD, EXPORTER], PEER_RUNS)}
    return [(s, *peers_of.get(s, (p, n))) for s, p, n in plan]


def long_matrix():
    """Every combination, without the slow peers where they were already."""
    plan = short_matrix()
    there = {setting for setting, _, _ in plan}
    for mode in ('full', 'status'):
        for n in (100, 1000, 10000, 50000):
            for delay in (0, 2, 20):
                for loss in (0, 1):
                    for dead in (0, 10, 50):
                        setting = Setting(mode, n, delay, 0, loss, dead, False, 1000, 2, 0)
                        if setting not in there:
                            plan.append((setting, [], 0))
    return plan


def programs_of(setting, here):
    """net-snmp's walker has no status mode, its own timeouts, and no patience with loss."""
    found = [p for p in (OURS, WALKER) if p in here]
    if NETSNMP in here and setting.mode == 'full' and setting.n <= 10000:
        found.append(NETSNMP)
    return found


def name_of(setting):
    parts = [setting.mode, '%d printers' % setting.n, '%g ms' % setting.delay]
    if setting.jitter:
        parts[-1] = '%g-%g ms' % (setting.delay, setting.delay + setting.jitter)
    if setting.serial:
        parts.append('serial')
    if setting.loss:
        parts.append('%g %% lost' % setting.loss)
    if setting.dead:
        parts.append('%d %% dead' % setting.dead)
    if setting.pace:
        parts.append('%d/s each /24' % setting.pace)
    return ', '.join(parts)


def print_setting(setting, results):
    ours = results.get(OURS, [])
    print('\n%s' % name_of(setting))
    print('  %-26s %9s %9s %9s %8s %9s %7s %7s %5s' % ('', 'wall s', 'us CPU', 'requests', 'MB', 'done',
                                                      'wall', 'CPU', 'runs'))
    for program, rows in results.items():
        if not rows:
            continue
        wall, cpu = ('-' if r is None else '%.3f' % r for r in
                     (measure.ratio(ours, rows, 'wall'), measure.ratio(ours, rows, 'cpu')))
        done = min(r['done'] for r in rows)
        print('  %-26s %9.4f %9.1f %9.2f %8.1f %9d %7s %7s %5d' % (
            program, measure.median(rows, 'wall'), measure.median(rows, 'cpu') * 1e6 / setting.n,
            measure.median(rows, 'requests'), measure.median(rows, 'rss_kb') / 1024, done, wall, cpu, len(rows)),
            flush=True)


def measure_setting(setting, slow, slow_runs, here, open_peers):
    results = {program: [] for program in programs_of(setting, here)}
    results.update({name: [] for name in slow if name in open_peers})
    runs = 1 if setting.pace else min(RUNS, 3) if setting.n > 10000 or setting.dead else RUNS
    with measure.Sim(setting) as sim:
        for turn in range(runs):
            for program, rows in results.items():
                try:
                    if program in COMMANDS:
                        rows.append(measure.take(program, COMMANDS[program], sim, setting))
                    elif turn < (1 if program == TOOLS else slow_runs):  # half a minute each
                        rows.append(open_peers[program].take(sim, setting))
                except RuntimeError as error:
                    measure.skip('%s in "%s": %s' % (program, name_of(setting), error))
    print_setting(setting, results)
    return results


def count_sockets():
    """An extra run that is not timed: what looks at it costs time."""
    setting = targets.FULL_10000
    with measure.Sim(setting):
        measure.run(measure.brayer(setting), during=measure.most_sockets)
    return measure.most_sockets.seen


def programs_here():
    where = {OURS: os.path.join(measure.BUILD, 'tests/bench/fleet_read'),
             WALKER: os.path.join(measure.REFERENCE, 'lim'), NETSNMP: os.path.join(measure.REFERENCE, 'nsa')}
    here = [program for program, path in where.items() if os.access(path, os.X_OK)]
    for program in where:
        if program not in here:
            measure.skip('%s: %s is not here' % (program, where[program]))
    return here


def plain(value):
    """For JSON: whatever is a key becomes text."""
    return {str(k): plain(v) for k, v in value.items()} if isinstance(value, dict) else value


def main():
    signal.signal(signal.SIGTERM, lambda *ignored: sys.exit(1))
    here = programs_here()
    print('medians   of %d runs (slow peers: %d), in turns; ratios: ours by theirs, formed run by run'
          % (RUNS, PEER_RUNS), flush=True)
    open_peers = peers.open_all([peers.Exporter, peers.Tools, peers.Collectd])
    results = {}
    only = os.environ.get('BENCH_ONLY')
    try:
        for setting, slow, slow_runs in long_matrix() if FULL else short_matrix():
            if not only or only in name_of(setting):
                results[setting] = measure_setting(setting, slow, slow_runs, here, open_peers)
        if OURS in here and not only:
            results[targets.PACED] = measure_setting(targets.PACED, [], 0, [OURS], open_peers)
            results['sockets'] = count_sockets()
        if OURS in here and only in (None, 'v3'):
            why = v3.absent()
            results['v3'] = {} if why else v3.measure_all(min(RUNS, 3))
            if why:
                measure.skip('v3: ' + why)
    finally:
        for peer in open_peers.values():
            peer.close()
    missed = targets.print_table(results)
    out = os.environ.get('BENCH_OUT')
    if out:
        with open(out, 'w') as raw:
            json.dump(plain(results), raw, indent=1)
    print('\nMISSED: %d of the targets, see above' % missed if missed
          else '\nevery target that could be measured is met')


main()
