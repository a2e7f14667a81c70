"""The version of the coder: it stands in every coded article."""

__version__ = "0.1.0"
