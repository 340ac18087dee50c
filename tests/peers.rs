//! Mistakes that other programs of this kind made, each by name, end to end: files in, the program run, figures out.
//! The doc comments name where a mistake was met.
//!
//! | mistake | test |
//! |---|---|
//! | a band edge taken for its neighbour | `edges::a_value_on_the_edge_of_a_band_is_not_taken_for_its_neighbour`, `edges::tenths_add_up_to_the_edge_they_make` |
//! | a cliff below the target | `edges::just_below_the_target_no_more_is_lost_than_the_slope_allows` |
//! | a numerator copied | `definitions::a_numerator_copied_from_another_indicator_is_pointed_out` |
//! | missing = none = full marks | `values::a_missing_count_of_faults_is_not_full_marks`, `values::what_nobody_judged_is_neither_met_nor_unmet` |
//! | a denominator missing or 0 | `values::a_denominator_that_is_missing_or_zero_has_a_state_and_a_reason_and_no_value` |
//! | ranks of rounded scores, ties put in order | `edges::ranks_share_ties_and_tell_where_rounding_decides` |
//! | a sensitivity specification that names no step | `definitions::a_setting_that_names_nothing_is_an_error`: there is none such here; what is changed for a run is named by `--set` |
//! | checks on lazy data that never ran | `reading::a_check_is_run_to_the_last_row_of_the_last_file`: here data are read file by file |
//! | failed rows without place, cut off, by the square | `reading::every_failed_row_is_reported_with_its_place` |
//! | a column that is empty at first | `reading::a_column_that_begins_after_a_thousand_rows_is_read` |
//! | an open quotation mark | `reading::an_open_quotation_mark_swallows_no_rows` |
//! | encodings | `reading::one_table_reads_alike_in_every_encoding` |
//! | an unknown key | `definitions::an_unknown_key_is_an_error_at_the_key_with_a_suggestion` |
//! | errors of branches not chosen | `definitions::an_error_inside_a_rule_is_told_of_that_rule_alone` |
//! | a lock file that differs without a change | `definitions::a_manifest_is_identical_when_nothing_changed`: the manifest is what is locked here |
//! | shares that miss the pool | `division::shares_add_up_to_the_pool_to_the_fen` |
//! | the year taken from the clock | `values::the_year_of_the_run_is_no_year_of_the_assessment` |
//! | a constant or empty column | `edges::peers_who_are_all_alike_or_all_missing_crash_nothing`: there is no entropy, min-max or TOPSIS here; peers are compared |
//! | a re-based series | `values::a_baseline_named_anew_is_what_the_value_is_compared_with`: what a value is compared with is the baseline |
//! | a ratio of sums for a mean of ratios | `values::a_ratio_of_sums_is_not_a_mean_of_ratios_and_rates_are_not_added_up` |

#[path = "peers/definitions.rs"]
mod definitions;
#[path = "support/desk.rs"]
mod desk;
#[path = "peers/division.rs"]
mod division;
#[path = "peers/edges.rs"]
mod edges;
#[path = "support/program.rs"]
mod program;
#[path = "peers/reading.rs"]
mod reading;
#[path = "peers/values.rs"]
mod values;
