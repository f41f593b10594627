"""The two colour themes: dark by default, light for a bright hall; one accent in each.

Moods (welcome, look at me, stop) have colours of their own here, and always a sign and a word on
the screen: nothing is said by colour alone.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="checkin-dark",
    dark=True,
    primary="#6cb6ff",
    secondary="#6cb6ff",
    accent="#6cb6ff",
    foreground="#dfe5ec",
    background="#0f1318",
    surface="#151a21",
    panel="#1d242d",
    success="#57c785",
    warning="#f0b95a",
    error="#ff7b72",
    variables={
        "good": "#57c785",
        "good-ground": "#0f3521",
        "look": "#f0b95a",
        "look-ground": "#3d2c08",
        "stop": "#ff8a80",
        "stop-ground": "#4a1512",
        "calm": "#6cb6ff",
        "calm-ground": "#14263a",
        "strong": "#ffffff",
        "quiet": "#8b98a7",
        "line": "#34404d",
        "picked": "#20354c",
        "block-cursor-background": "#20354c",
        "block-cursor-foreground": "#ffffff",
        "input-cursor-background": "#6cb6ff",
        "input-cursor-foreground": "#0f1318",
        "footer-key-foreground": "#6cb6ff",
    },
)

LIGHT = Theme(
    name="checkin-light",
    dark=False,
    primary="#0a5ca8",
    secondary="#0a5ca8",
    accent="#0a5ca8",
    foreground="#1b232c",
    background="#f7f8fa",
    surface="#ffffff",
    panel="#e9edf2",
    success="#14733c",
    warning="#8a5a00",
    error="#b3261e",
    variables={
        "good": "#14733c",
        "good-ground": "#d5f2e0",
        "look": "#8a5a00",
        "look-ground": "#ffedc9",
        "stop": "#b3261e",
        "stop-ground": "#ffdcd8",
        "calm": "#0a5ca8",
        "calm-ground": "#dcebfa",
        "strong": "#000000",
        "quiet": "#5b6774",
        "line": "#b9c3ce",
        "picked": "#cfe3f7",
        "block-cursor-background": "#cfe3f7",
        "block-cursor-foreground": "#000000",
        "input-cursor-background": "#0a5ca8",
        "input-cursor-foreground": "#ffffff",
        "footer-key-foreground": "#0a5ca8",
    },
)
