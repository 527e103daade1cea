#!/usr/bin/env python3
"""HiGHS on an instance as a mixed-integer programme, `ganger export --format mps`.

    bench/peers/npv_highs.py FILE.mps SECONDS THREADS STARTS.csv

Prints one JSON object; value and bound are those of the programme, to be maximised.
"""
import json
import sys
import time

import highspy

from common import write_starts
from programme import ids_of, starts_of


def main():
    mps, seconds, threads, starts = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    begin = time.monotonic()
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", threads)
    highs.readModel(mps)
    highs.setOptionValue("time_limit", max(1.0, seconds - (time.monotonic() - begin)))
    highs.run()
    info = highs.getInfo()
    found = info.primal_solution_status == 2
    if found:
        values, names = highs.getSolution().col_value, highs.getLp().col_names_
        write_starts(starts, starts_of(ids_of(mps), zip(names, values)))
    print(json.dumps({"status": highs.modelStatusToString(highs.getModelStatus()),
                      "value": -info.objective_function_value if found else None, "bound": -info.mip_dual_bound,
                      "nodes": info.mip_node_count, "rows": highs.getNumRow(), "columns": highs.getNumCol(),
                      "entries": highs.getNumNz(), "wall_s": time.monotonic() - begin}))


if __name__ == "__main__":
    main()
