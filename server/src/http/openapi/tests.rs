use super::*;
use crate::http::route_table;
use std::collections::BTreeSet;

#[test]
fn every_route_of_the_api_stands_in_it_and_nothing_else() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    let told: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys().map(|method| method.to_uppercase());
            methods.map(|method| (method, path.clone())).collect::<Vec<_>>()
        })
        .collect();
    let routed: BTreeSet<(String, String)> = route_table()
        .into_iter()
        .filter(|route| route.path.starts_with("/api/v1/"))
        .map(|route| (route.method, route.path))
        .collect();
    assert_eq!(told, routed);
}

/// Every reference leads somewhere, and every operation says what it may refuse for and who may ask.
#[test]
fn it_hangs_together() {
    let document = document();
    let text = document.to_string();
    let references: BTreeSet<&str> =
        text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(references.len() > 10, "{references:?}");
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference} is not in the document");
    }
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let is_open = path.ends_with("openapi.json") || method == "options";
            assert_eq!(operation.get("security").is_none(), is_open, "{method} {path}");
            assert_eq!(operation["responses"].get("503").is_none(), is_open, "{method} {path}");
        }
    }
    let schemes: Vec<&String> = document["components"]["securitySchemes"].as_object().unwrap().keys().collect();
    assert_eq!(schemes, [BEARER, SESSION, WRITE_KEY]);
}
