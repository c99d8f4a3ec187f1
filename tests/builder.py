"""A builder that can be killed: loads everything, says "ready", waits for a line, builds, says "built".

python tests/builder.py CORPUS INDEX [LIMIT], where no file may grow over LIMIT bytes.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus import command
from index import encoder, tokens
from index.policy_index import PolicyIndex, to_stderr


def main() -> int:
    folder, directory = Path(sys.argv[1]), Path(sys.argv[2])
    model = encoder.load(None)
    model.encode(["专利"])
    tokens.tokens("专利质押")
    if len(sys.argv) > 3:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that the system refuses to write, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    print("ready", flush=True)
    sys.stdin.readline()
    PolicyIndex.ensure(folder, directory, model, to_stderr)
    print("built", flush=True)
    return 0


if __name__ == "__main__":
    command.run(main)
