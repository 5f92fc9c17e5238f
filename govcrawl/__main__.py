"""`python -m govcrawl` is `govcrawl`."""

from govcrawl.cli.main import main

if __name__ == "__main__":
    main()
