# runner: run_sql/1
