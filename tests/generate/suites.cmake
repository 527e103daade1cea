ganger_add_suites(generate unit:options property:country property:programme property:solved)
