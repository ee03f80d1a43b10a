#!/usr/bin/env python3
"""The one entry point. `python3 manage.py up` starts the site; without a command, all commands are listed."""

import sys

if sys.version_info < (3, 11):
    sys.exit("Exchange needs Python 3.11 or newer; this is %d.%d. Try: python3.11 manage.py" % sys.version_info[:2])

if __name__ == "__main__":
    from exchange.bootstrap import main

    main(sys.argv)
