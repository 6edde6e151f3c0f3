"""targets.py - the targets of the fleet as rows, each computed from the runs of this very run.

SPDX-License-Identifier: MIT
"""
import os

import measure
from measure import Setting

OURS, WALKER, NETSNMP = 'brayer', 'walker', 'net-snmp epoll'
EXPORTER, TOOLS, COLLECTD = 'snmp_exporter', 'snmpbulkwalk, xargs -P32', "collectd's snmp plugin"
FULL_1000, FULL_10000 = (Setting('full', n, 20) for n in (1000, 10000))
CPU_1000, CPU_10000 = (Setting('full', n, 0) for n in (1000, 10000))
STATUS_1000, STATUS_10000 = (Setting('status', n, 20) for n in (1000, 10000))
STATUS_CPU = Setting('status', 10000, 0)
LOSS = Setting('full', 1000, 20, loss=1, timeout_ms=500, retries=3)
DEAD = Setting('full', 1000, 20, dead=10)
HALF_DEAD = Setting('full', 1000, 20, dead=50)
SERIAL = Setting('full', 10000, 20, jitter=30, loss=1, serial=True, timeout_ms=500, retries=3)
PACED = Setting('full', 100, 20, pace=50)

# What is compared: name, setting, member, whom beside, at most this share of theirs.
RATIOS = [
    ('CPU, full, 1,000 at 0 ms', CPU_1000, 'cpu', WALKER, 2),
    ('CPU, full, 1,000 at 20 ms', FULL_1000, 'cpu', WALKER, 2),
    ('CPU, full, 10,000 at 0 ms', CPU_10000, 'cpu', WALKER, 2),
    ('CPU, full, 10,000 at 20 ms', FULL_10000, 'cpu', WALKER, 2),
    ('CPU, full, 1,000 at 0 ms', CPU_1000, 'cpu', NETSNMP, 0.7),
    ('CPU, full, 1,000 at 20 ms', FULL_1000, 'cpu', NETSNMP, 0.7),
    ('CPU, full, 10,000 at 20 ms', FULL_10000, 'cpu', NETSNMP, 0.7),
    ('CPU, full, 1,000 at 20 ms', FULL_1000, 'cpu', EXPORTER, 1 / 30),
    ('CPU, full, 10,000 at 20 ms', FULL_10000, 'cpu', EXPORTER, 1 / 30),
    ('CPU, full, 1,000 at 20 ms', FULL_1000, 'cpu', TOOLS, 1 / 200),
    ('CPU, status, 1,000 at 20 ms', STATUS_1000, 'cpu', WALKER, 2),
    ('CPU, status, 10,000 at 0 ms', STATUS_CPU, 'cpu', WALKER, 2),
    ('CPU, status (theirs: supplies)', STATUS_1000, 'cpu', COLLECTD, 1 / 6),
    ('CPU, status (theirs: supplies)', STATUS_1000, 'cpu', EXPORTER, 1 / 20),
    ('requests, full', FULL_1000, 'requests', WALKER, 1.15),
    ('requests, full', FULL_1000, 'requests', TOOLS, 0.4),
    ('requests, full', FULL_1000, 'requests', EXPORTER, 0.4),
    ('wall, full, 1,000 at 20 ms', FULL_1000, 'wall', WALKER, 1.25),
    ('wall, full, 1,000 at 20 ms', FULL_1000, 'wall', EXPORTER, 1 / 12),
    ('wall, full, 1,000 at 20 ms', FULL_1000, 'wall', TOOLS, 1 / 40),
    ('wall, full, 10,000 at 20 ms', FULL_10000, 'wall', WALKER, 1.5),
    ('wall, full, 10,000 at 20 ms', FULL_10000, 'wall', EXPORTER, 1 / 25),
    ('wall, 10,000 serial, 1 % lost', SERIAL, 'wall', WALKER, 1.5),
    ('wall, 1,000 with 100 dead', DEAD, 'wall', EXPORTER, 1 / 6),
    ('memory, full, 1,000', FULL_1000, 'rss_kb', EXPORTER, 0.4),
    ('memory, full, 10,000', FULL_10000, 'rss_kb', EXPORTER, 0.4),
]
SCALE = {'cpu': ('us', 1e6), 'wall': ('ms', 1e3), 'rss_kb': ('MB', 1 / 1024), 'requests': ('', 1)}


def verdict(value, limit):
    return 'met' if value <= limit + 1e-9 else 'MISSED'


def line(name, ours, beside, theirs, ratio, target, judged):
    print('%-34s %13s  %-26s %13s %8s  %-9s %s' % (name, ours, beside, theirs, ratio, target, judged))
    return judged == 'MISSED'


def figure(value, member, n):
    unit, scale = SCALE[member]
    per = n if member == 'cpu' else 1
    return '%.*f %s' % (2 if member == 'requests' or value * scale / per < 10 else 1, value * scale / per, unit)


def row(results, name, setting, member, beside, limit):
    """One ratio; what was not measured on either side has no verdict."""
    rows = results.get(setting, {})
    ours, theirs = rows.get(OURS, []), rows.get(beside, [])
    value = measure.ratio(ours, theirs, member)
    target = '<= %.3g' % limit if limit >= 0.1 else '<= 1/%.0f' % (1 / limit)
    ours_said, theirs_said = (figure(measure.median(r, member), member, setting.n) if r else 'none'
                              for r in (ours, theirs))
    if value is None:
        return line(name, ours_said, beside, theirs_said, '', target, 'not measured')
    judged = verdict(value, limit)
    if min(r['done'] for r in ours) < measure.live(setting):
        judged = 'MISSED'  # a reading that is not there costs nothing
    if min(r['done'] for r in theirs) < measure.live(setting):
        judged += ' (theirs is incomplete)'
    said = '%.2f' % value if value >= 0.1 else '1/%.0f' % (1 / value)
    return line(name, ours_said, beside, theirs_said, said, target, judged)


def bound(results, name, setting, member, limit, unit):
    """One figure of ours with a ceiling of its own."""
    ours = results.get(setting, {}).get(OURS, [])
    target = '<= %g' % limit
    if not ours:
        return line(name, 'none', '', '', '', target, 'not measured')
    value = measure.median(ours, member) * (1 / 1024 if member == 'rss_kb' else 1)
    judged = verdict(value, limit)
    if min(r['done'] for r in ours) < measure.live(setting):
        judged = 'MISSED'
    return line(name, '%.2f %s' % (value, unit), '', '', '', target, judged)


def all_read(results, name, setting):
    ours = results.get(setting, {}).get(OURS, [])
    if not ours:
        return line(name, 'none', '', '', '', 'all', 'not measured')
    done = min(r['done'] for r in ours)
    return line(name, '%d' % done, '', '', '', 'all %d' % measure.live(setting),
                'met' if done >= measure.live(setting) else 'MISSED')


def supplies_there():
    """Rows of prtMarkerSuppliesDescription in each of the fleet's recordings."""
    folder = os.path.join(measure.SOURCES, 'printers')
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), errors='replace') as recording:
            yield sum(line.startswith('1.3.6.1.2.1.43.11.1.1.6.') for line in recording)


def decoded(results, setting):
    """A reading that is not decoded costs little: as many supplies as the recordings have."""
    ours, there = results.get(setting, {}).get(OURS, []), list(supplies_there())
    want = sum(there[i % len(there)] for i in range(setting.n))
    if not ours:
        return line('supplies decoded, 1,000', 'none', 'in the recordings', '%d' % want, '', '', 'not measured')
    least = min(r.get('own_supplies', 0) for r in ours)
    return line('supplies decoded, 1,000', '%d' % least, 'in the recordings', '%d' % want, '%.2f' % (least / want), '= 1',
                'met' if least == want else 'MISSED')


def linear(results, mode, n, other, limit):
    """CPU of one reading at n printers by that at others; the walker's own beside it."""
    values = {}
    for program in (OURS, WALKER):
        cost = []
        for size in (n, other):
            rows = results.get(Setting(mode, size, 0), {}).get(program, [])
            cost.append(measure.median(rows, 'cpu') / size if rows else 0)
        values[program] = cost[0] / cost[1] if all(cost) else 0
    name = 'CPU each, %s, %d by %d' % (mode, n, other)
    ours, theirs = values[OURS], values[WALKER]
    if not ours:
        return line(name, 'none', "the walker's own", '%.2f' % theirs, '', '<= %g' % limit, 'not measured')
    return line(name, '%.2f' % ours, "the walker's own", '%.2f' % theirs, '', '<= %g' % limit, verdict(ours, limit))


def sockets(results):
    seen = results.get('sockets')
    if not seen:
        return line('UDP sockets, 10,000 printers', 'none', '', '', '', '<= 1', 'not measured')
    most = max(seen.values())
    return line('UDP sockets, 10,000 printers', '%d' % most, 'each address family', '', '', '<= 1', verdict(most, 1))


def v3_rows(results):
    """2 x v2c and the cipher's work is the ceiling; 10,000 printers cost each what 100 do."""
    missed = 0
    found = results.get('v3') or {}
    for (mode, n), both in sorted(found.items()):
        what = 'v3 authPriv warm, %s, %d' % ('full' if mode == 'again' else mode, n)
        again = max(r['learned_again'] for r in both[3])
        whole = min(r['done'] for r in both[2] + both[3]) == n
        missed += line(what + ', discoveries', '%d' % again, '', '', '', '0', 'met' if again == 0 and whole else 'MISSED')
        plain = measure.median(both[2], 'each_us')
        secret = measure.median(both[3], 'each_us')
        ceiling = 2 * plain + both['cipher_us']
        missed += line(what + ', CPU', '%.1f us' % secret, '2 x v2c %.1f + cipher %.1f' % (plain, both['cipher_us']),
                       '%.1f us' % ceiling, '%.2f' % (secret / ceiling), '<= 1', verdict(secret / ceiling, 1))
    for mode in sorted({mode for mode, _ in found}):
        sizes = sorted(n for m, n in found if m == mode)
        grown, plain = ((measure.median(found[mode, sizes[-1]][v], 'each_us') / measure.median(
            found[mode, sizes[0]][v], 'each_us')) for v in (3, 2))
        missed += line('v3 CPU each, %s, %d by %d' % ('full' if mode == 'again' else mode, sizes[-1], sizes[0]),
                       '%.2f' % grown, "v2c's own", '%.2f' % plain, '', '<= 1.25', verdict(grown, 1.25))
    return missed if found else line('v3 authPriv warm', 'none', '', '', '', '', 'not measured')


def paced(results):
    """With the default pace: what the printers of one /24 may be asked in a second sets the time."""
    ours = results.get(PACED, {}).get(OURS, [])
    if not ours:
        return line('wall, 100 of one /24, default pace', 'none', '', '', '', '', 'not measured')
    least = ours[0]['requests'] * PACED.n / PACED.pace
    return line('wall, 100 of one /24, default pace', '%.2f s' % ours[0]['wall'],
                '%d questions/s each /24' % PACED.pace, '%.2f s' % least, '%.2f' % (ours[0]['wall'] / least), '', '')


def print_table(results):
    print('\ntargets')
    line('', 'ours', 'beside', 'theirs', 'ratio', 'target', '')
    missed = sum(row(results, *what) for what in RATIOS)
    missed += bound(results, 'requests, status', STATUS_1000, 'requests', 1.5, '')
    seconds = DEAD.timeout_ms / 1000 * (DEAD.retries + 1)
    missed += bound(results, 'wall, 1,000 with 100 dead', DEAD, 'wall', seconds * 1.1, 's')
    missed += all_read(results, 'read, 10,000 serial, 1 % lost', SERIAL)
    missed += all_read(results, 'read, 1,000 with 1 % lost', LOSS)
    missed += decoded(results, FULL_1000)
    missed += bound(results, 'memory, full, 1,000', FULL_1000, 'rss_kb', 16, 'MB')
    missed += bound(results, 'memory, full, 10,000', FULL_10000, 'rss_kb', 40, 'MB')
    missed += linear(results, 'full', 50000, 10000, 1.25)
    missed += linear(results, 'full', 50000, 1000, 1.25)
    missed += linear(results, 'status', 50000, 10000, 1.25)
    missed += sockets(results)
    missed += v3_rows(results)
    paced(results)
    return missed
