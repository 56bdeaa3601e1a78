"""`python -m portal.benchmarks.inside STEP OPTIONS`: prints what the step measured, as JSON."""

import json
import sys

import django


def main(name: str, options: str) -> None:
    django.setup()
    from portal.benchmarks.inside.guard import refuse_unless_ours
    from portal.benchmarks.inside.steps import STEPS

    refuse_unless_ours()
    print(json.dumps(STEPS[name](**json.loads(options))))


if __name__ == "__main__":
    main(*sys.argv[1:])
