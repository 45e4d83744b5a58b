# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures by gnuplot."""
import subprocess

SETTINGS = """set terminal pngcairo size 1000,600 font "sans,11"
set output "%s"
set datafile separator "\\t"
set grid ytics
set key top right
"""


def gnuplot(script, path):
    subprocess.run(["gnuplot"], input=SETTINGS % path + script, encoding="utf-8", check=True)


def block(rows):
    return "$data << END\n" + "\n".join("\t".join('"%s"' % cell if isinstance(cell, str) else "%g" % cell for cell in row)
                                        for row in rows) + "\nEND\n"


def throughput(data, path):
    rows = [(name, row["rate"], row["rate"] / row["ratio"]) for name, row in data["rows"].items() if row.get("ratio")]
    gnuplot(block(rows) + """set title "Requests a second, and the ceiling of each"
set style data histogram
set style fill solid 0.8
set xtics rotate by -30
set logscale y
set ylabel "requests/s"
plot $data using 2:xtic(1) title "osticket-fcgi", $data using 3 title "ceiling"
""", path)


def growth(data, path):
    rows = [(int(size), row["worker_us"], row["database_us"], 1e6 / row["rate"]) for size, row in data["growth"].items()]
    gnuplot(block(rows) + """set title "ticketInfo as the help desk grows"
set logscale x
set yrange [0:*]
set format x "%.0s%c"
set xlabel "tickets"
set ylabel "microseconds a request"
plot $data using 1:2 with linespoints title "worker, processor time", \\
  $data using 1:3 with linespoints title "database, processor time", \\
  $data using 1:4 with linespoints title "wall clock between answers"
""", path)
