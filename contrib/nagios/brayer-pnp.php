<?php
/*
 * brayer-pnp.php - the printer checks as graphs of PNP4Nagios: supplies, trays, pages a day.
 *
 * PNP looks for a template by the name of the command, so it goes to its templates directory as
 * check_printer_all.php, with links check_printer_supplies.php, _trays.php and _pages.php.
 *
 * Supplies and trays come and go: give them a file each, by RRD_STORAGE_TYPE = MULTIPLE in
 * check_commands/check_printer_all.cfg.
 *
 * SPDX-License-Identifier: MIT
 */

$brayer_kinds = '/^(toner|ink|drum|developer|fuser|belt|waste|ribbon|wax|cartridge|care|cleaner' .
	'|corona|document-feeder-kit|laser|maintenance|ozone|paper-feed|print-head|roller' .
	'|separator|staples|transfer)/';
$brayer_colours = array(
	'/black/' => '#222222', '/cyan/' => '#00a6d6', '/magenta/' => '#d6007f',
	'/yellow/' => '#e6c700', '/^waste/' => '#8a6d3b',
);
$brayer_others = array('#3a7d44', '#7a5195', '#ef5675', '#ffa600', '#003f5c', '#58508d');

/* Which graph shows it: 0 supplies, 1 trays, 2 pages a day, 3 the rest. */
$brayer_graphs = array(array(), array(), array(), array());
foreach ($this->DS as $source) {
	$percent = strpos($source['UNIT'], '%') === 0;
	if (strpos($source['LABEL'], 'count-') === 0)
		$brayer_graphs[2][] = $source;
	elseif ($percent)
		$brayer_graphs[preg_match($brayer_kinds, $source['LABEL']) ? 0 : 1][] = $source;
	else
		$brayer_graphs[3][] = $source;
}

$brayer_options = array(
	array('Supplies', '--vertical-label "%" --lower-limit 0 --upper-limit 100 --rigid'),
	array('Trays', '--vertical-label "%" --lower-limit 0 --upper-limit 100 --rigid'),
	array('Pages a day', '--vertical-label "pages" --lower-limit 0'),
	array('Alerts and forecasts', '--lower-limit 0'),
);
$brayer_number = 0;
foreach ($brayer_graphs as $which => $sources) {
	if (!$sources)
		continue;
	$brayer_number++;
	list($name, $options) = $brayer_options[$which];
	$ds_name[$brayer_number] = $name;
	$opt[$brayer_number] = "$options --title \"$name\" ";
	$def[$brayer_number] = '';
	$limits = array();
	foreach ($sources as $i => $source) {
		$label = str_pad($source['LABEL'], 24);
		$colour = $brayer_others[$i % count($brayer_others)];
		foreach ($brayer_colours as $pattern => $known) {
			if (preg_match($pattern, $source['LABEL'])) {
				$colour = $known;
				break;
			}
		}
		$file = str_replace(':', '\\:', $source['RRDFILE']);
		$value = "v$i";
		$def[$brayer_number] .= "DEF:$value=\"$file\":{$source['DS']}:AVERAGE ";
		if ($which === 2) { /* a counter is stored as pages a second */
			$def[$brayer_number] .= "CDEF:d$i=$value,86400,* ";
			$value = "d$i";
		}
		$def[$brayer_number] .= "LINE2:$value$colour:\"$label\" ";
		$format = $which < 2 ? '%5.0lf %%' : '%8.0lf';
		$def[$brayer_number] .= "GPRINT:$value:LAST:\"$format last\" " .
			"GPRINT:$value:MIN:\"$format least\\l\" ";
		foreach (array('WARN_MIN' => '#ff9900', 'CRIT_MIN' => '#ff0000') as $limit => $paint)
			if (isset($source[$limit]) && is_numeric($source[$limit]))
				$limits[$source[$limit] . $paint] = $paint;
	}
	foreach ($limits as $limit => $paint)
		$def[$brayer_number] .= 'HRULE:' . substr($limit, 0, -7) . "$paint ";
}
