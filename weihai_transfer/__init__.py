import os

# Names are spelt character by character (lib/names.py), so no process needs the dictionary of phrases: 45 MB of each.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
