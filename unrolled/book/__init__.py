"""The book's build: Jupyter Book, once a language, from bilingual notebooks.

``python -m unrolled.book build|serve|measure`` is all that a reader or an author needs.
``build.py`` runs Jupyter Book; ``extension.py`` is what Sphinx loads (see ``_config.yml``): one
language a build, the switcher, local MathJax, filtered downloads; ``anchors.py`` gives a section
the same address in both languages; ``search.py`` makes Chinese findable; ``words.py`` holds the
interface's own words.
"""
