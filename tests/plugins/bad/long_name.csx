mcp.Tool("a_name_that_goes_on_and_on_until_no_client_with_a_prefix_takes_it", "Has a long name.", () => 1); // <- MCS721
