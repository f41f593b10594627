"""The plain-text twin: every act of the screens on the command line. Loads no terminal toolkit."""
