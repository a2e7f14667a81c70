"""Many processes or machines: the same coder over tables, JSON lines and WARC files, shard by shard into Parquet.

plan(inputs, options) -> list[Shard]      files on disk or by URL, always cut the same way
run(shards, out, options, ...)            what is not done yet, alone or by the workers of Dask; the same bytes either way
gather(out, store)                        what was coded into a store
"""

from quidnunc.fleet._plan import Shard, plan
from quidnunc.fleet._run import Finished, gather, run, workers_here
from quidnunc.fleet._shard import Done

__all__ = ["Done", "Finished", "Shard", "gather", "plan", "run", "workers_here"]
