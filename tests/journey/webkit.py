#!/usr/bin/python3
"""A window of WebKitGTK that WebKitWebDriver drives on a profile folder: `webkit.py FOLDER WIDTHxHEIGHT LANGUAGE`.

MiniBrowser, which the driver would start by itself, keeps nothing under automation."""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2

folder, size, language = sys.argv[1:4]
width, height = (int(side) for side in size.split("x"))

manager = WebKit2.WebsiteDataManager(base_data_directory=folder + "/data", base_cache_directory=folder + "/cache")
context = WebKit2.WebContext(website_data_manager=manager)
context.set_preferred_languages([language])
context.set_automation_allowed(True)


def open_view(*_):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window()
    window.set_default_size(width, height)
    window.add(view)
    window.show_all()
    window.connect("destroy", lambda *_: Gtk.main_quit())
    return view


def begin(_, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("Sondeo")
    version = (WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    info.set_version(*version)
    session.set_application_info(info)
    session.connect("create-web-view", open_view)




def save(_, download):
    download.connect("decide-destination", lambda one, name: one.set_destination(f"file://{folder}/downloads/{name}") or True)


context.connect("automation-started", begin)
context.connect("download-started", save)
Gtk.main()
