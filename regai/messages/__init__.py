"""The words on pages in other languages: found, merged, checked and compiled without GNU gettext.

Msgids are Swedish and stand where they are used. English is written by hand in
``locale/en/LC_MESSAGES/parts/*.po``; ``django.po`` beside that folder is made from the parts, and
``django.mo`` from ``django.po``.
"""
