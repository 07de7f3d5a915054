"""What platforms of the city are told of cases, over HTTP, signed, without a word or an id of a person."""
