"""The book's build: Jupyter Book, once a language, from bilingual notebooks.

``python -m unrolled.book build|serve|measure`` is all that a reader or an author needs.
``build.py`` runs Jupyter Book; ``extension.py`` is what Sphinx loads (see ``_config.yml``): one
language a build, the switcher, local MathJax; ``anchors.py`` gives a section the same address in
both languages; ``lessons.py`` numbers lessons and says how long they take; ``notebooks.py`` has the
downloads and what is published for Colab and Binder; ``search.py`` hands the text of the pages to
the page of results; ``words.py`` holds the interface's own words.
"""
