"""A real OpenSearch cluster on loopback, for development and tests.

    python -m tests.cluster start [--dir DIR] [--nodes 3] [--port 9200]     prints the address
    python -m tests.cluster status | stop [--dir DIR]

It needs Maven and a Java of 11 to 23 and fetches 72 MB the first time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.cluster.distribution import ClusterError
from tests.cluster.nodes import Nodes

FOLDER = Path(tempfile.gettempdir()) / "bahith-cluster"


def main() -> int:
    """Start, show or stop a cluster; 1 with a sentence when that fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["start", "status", "stop"])
    parser.add_argument("--dir", type=Path, default=FOLDER, help=f"its folder ({FOLDER})")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--port", type=int, default=9200, help="of the first node; the next follow")
    asked = parser.parse_args()
    try:
        if asked.what == "start":
            print("starting: a minute, two the first time", file=sys.stderr)
            nodes = Nodes(asked.dir.resolve(), asked.nodes, asked.port)
            nodes.start()
            print(",".join(nodes.addresses))
            return 0
        nodes = Nodes.of(asked.dir.resolve())
        if asked.what == "stop":
            nodes.stop()
        for number, address in enumerate(nodes.addresses, 1):
            print(f"node {number}\t{nodes.pid(number) or 'down'}\t{address}")
    except ClusterError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
