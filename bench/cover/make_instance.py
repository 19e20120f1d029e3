#!/usr/bin/env python3
"""Instances of maximal covering as CSV.

    bench/cover/make_instance.py --sites 100 --points 10000 --costs 1,1 --seed 1 -o FOLDER

The rule of Cordeau, Furini & Ljubic (2019), so that their published files come out again: the numbers
of the C library's rand() after srand(seed); site by site x and y in a square of --side, then point by
point x and y, then whole costs site by site, then whole demands point by point; coordinates with six
decimals. Writes FOLDER/sites.csv and FOLDER/demand.csv.
"""

import argparse
import ctypes
import os

RAND_MAX = 2**31 - 1


def make(sites, points, costs, demands, seed, side, folder):
    c = ctypes.CDLL(None)
    c.srand(seed)
    rand = c.rand
    place = lambda: f"{rand() / RAND_MAX * side:.6f}"
    site_at = [(place(), place()) for _ in range(sites)]
    point_at = [(place(), place()) for _ in range(points)]
    whole = lambda low, high: rand() % (high - low + 1) + low
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "sites.csv"), "w") as file:
        file.write("x,y,cost\n")
        for x, y in site_at:
            file.write(f"{x},{y},{whole(*costs)}\n")
    with open(os.path.join(folder, "demand.csv"), "w") as file:
        file.write("x,y,weight\n")
        file.writelines(f"{x},{y},{whole(*demands)}\n" for x, y in point_at)


def pair(text):
    low, high = text.split(",")
    return int(low), int(high)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sites", type=int, required=True)
    parser.add_argument("--points", type=int, required=True)
    parser.add_argument("--costs", type=pair, default=(1, 1))
    parser.add_argument("--demands", type=pair, default=(1, 100))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--side", type=int, default=30)
    parser.add_argument("-o", "--output", required=True)
    args = parser.parse_args()
    make(args.sites, args.points, args.costs, args.demands, args.seed, args.side, args.output)


if __name__ == "__main__":
    main()
