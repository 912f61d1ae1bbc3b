"""What the lessons import (data, plots, training loops) and the build of the book."""
