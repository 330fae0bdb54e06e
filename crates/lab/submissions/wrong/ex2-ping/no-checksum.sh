#!/bin/sh
# wrong: the checksum is 0
# fails: it_gets_a_reply, the_first_line_says_what_is_pinged, a_reply_says_how_long_it_is_and_who_sent_it, replies_are_numbered_from_1, a_reply_shows_its_ttl, a_reply_shows_its_time, a_second_lies_between_two_requests, with_i_the_interval_is_another, with_c_it_ends_after_so_many, it_goes_on_until_ctrl_c, ctrl_c_shows_the_statistics, the_statistics_have_a_heading, the_statistics_count_the_packets, the_statistics_show_the_round_trips, a_name_is_looked_up, with_4_it_takes_the_ipv4_address, with_n_replies_show_addresses_only, with_q_only_the_statistics_are_shown, with_a_reply_the_exit_code_is_0, for_a_name_that_is_not_known_the_exit_code_is_2, table::the_times_are_filled_in, table::all_other_lines_are_kept, table::a_row_that_cannot_be_pinged_keeps_its_place, table::a_row_without_times_says_why
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/return ~total \& 0xFFFF/return 0/' "$right")" "$@"
