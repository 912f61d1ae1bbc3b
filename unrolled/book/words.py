"""The words of the book's interface: those that Sphinx and the theme leave to us, or leave out."""

WORDS = {
    "en": {
        "title": "Unrolled: recurrent networks from the equation to the GPU",
        "logo": "Unrolled",
        "search": "Search this book",
        "footer": "Text: CC BY 4.0. Code: MIT.",
        "show_cell": "Show the code",
        "hide_cell": "Hide the code",
        "show": "Show",
        "hide": "Hide",
        "show_solution": "Show the solution",
        "hide_solution": "Hide the solution",
        "download": "Download this page as a notebook",
        "contents": "On this page",
        "book_contents": "All pages",
        "other_language": "Read this page in Chinese",
    },
    "zh": {
        "title": "展开：从公式到 GPU 的循环神经网络",
        "logo": "展开",
        "search": "在本书中搜索",
        "footer": "文字：CC BY 4.0；代码：MIT。",
        "show_cell": "显示代码",
        "hide_cell": "收起代码",
        "show": "展开",
        "hide": "收起",
        "show_solution": "显示解答",
        "hide_solution": "收起解答",
        "download": "下载本页的笔记本",
        "contents": "本页内容",
        "book_contents": "全部页面",
        "other_language": "阅读本页的英文版",
    },
}

# What the switcher calls each language, in that language.
NAMES = {"en": "English", "zh": "中文"}

# Strings for which Sphinx's and the theme's own Chinese have nothing, or nothing idiomatic.
INTERFACE_IN_CHINESE = {
    "Color mode": "颜色模式",
    "Dark": "深色",
    "Light": "浅色",
    "System Settings": "跟随系统",
    "On this page": "本页内容",
    "Contents": "本页内容",
    "Home": "首页",
    "Site navigation": "全书导航",
    "Skip to main content": "跳到正文",
    "previous": "上一页",
    "next": "下一页",
    "previous page": "上一页",
    "next page": "下一页",
    "Link to this heading": "本节的链接",
    "Link to this equation": "此公式的链接",
    "Link to this image": "此图的链接",
    "Link to this table": "此表的链接",
    "Link to this code": "此段代码的链接",
    "Link to this term": "此术语的链接",
}
