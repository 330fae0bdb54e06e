//! Real netcats and Python as servers of the client.
