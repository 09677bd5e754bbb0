//! The paths that a source file names.

/// Names, `::` and all other characters that are no space, without comments and
/// without what stands in quotes.
fn tokens(source: &str) -> Vec<String> {
    let text: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    let starts =
        |at: usize, what: &str| text[at..].iter().take(what.len()).collect::<String>() == what;
    while at < text.len() {
        let c = text[at];
        if starts(at, "//") {
            while at < text.len() && text[at] != '\n' {
                at += 1;
            }
        } else if starts(at, "/*") {
            while at < text.len() && !starts(at, "*/") {
                at += 1;
            }
            at += 2;
        } else if let Some(end) = quoted(&text, at) {
            at = end;
        } else if c.is_alphanumeric() || c == '_' {
            let from = at;
            while at < text.len() && (text[at].is_alphanumeric() || text[at] == '_') {
                at += 1;
            }
            tokens.push(text[from..at].iter().collect());
        } else if starts(at, "::") {
            tokens.push("::".to_owned());
            at += 2;
        } else {
            if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
            at += 1;
        }
    }
    tokens
}

/// Where the text or character that begins here ends.
fn quoted(text: &[char], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|before| text[before]);
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !in_word && text[at] == 'r' && matches!(text.get(at + 1), Some('"' | '#')) {
        let hashes = text[at + 1..].iter().take_while(|&&c| c == '#').count();
        if text.get(at + 1 + hashes) != Some(&'"') {
            return None;
        }
        let close: Vec<char> = std::iter::once('"')
            .chain(std::iter::repeat_n('#', hashes))
            .collect();
        let from = at + 2 + hashes;
        let length = text[from..]
            .windows(close.len())
            .position(|end| end == close)?;
        return Some(from + length + close.len());
    }
    let quote = text[at];
    // 'a and '_ without a closing quote are lifetimes.
    let character =
        quote == '\'' && (text.get(at + 1) == Some(&'\\') || text.get(at + 2) == Some(&'\''));
    if quote != '"' && !character {
        return None;
    }
    let mut end = at + 1;
    while *text.get(end)? != quote {
        end += if text[end] == '\\' { 2 } else { 1 };
    }
    Some(end + 1)
}

/// The paths that a file names, each from the root of the crate (`crate` first)
/// or beginning with another crate.
pub fn paths(source: &str, module: &[String]) -> Vec<Vec<String>> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // Modules inside the file, with the depth of braces at which they end.
    let mut inner: Vec<(String, usize)> = Vec::new();
    let (mut depth, mut at) = (0, 0);
    while at < tokens.len() {
        match tokens[at].as_str() {
            "mod" if tokens.get(at + 2).is_some_and(|next| next == "{") => {
                inner.push((tokens[at + 1].clone(), depth));
                depth += 1;
                at += 3;
                continue;
            }
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inner.pop_if(|(_, outer)| *outer == depth);
            }
            _ => {}
        }
        if !is_name(&tokens[at]) {
            at += 1;
            continue;
        }
        let here: Vec<String> = module
            .iter()
            .cloned()
            .chain(inner.iter().map(|(name, _)| name.clone()))
            .collect();
        let mut trees = Vec::new();
        let from = at + usize::from(tokens[at] == "use");
        let end = tree(&tokens, from, &[], tokens[at] == "use", &mut trees);
        found.extend(trees.into_iter().map(|path| resolved(path, &here)));
        at = end.max(at + 1);
    }
    found
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Reads `a::b`, and in imports `a::{b, c::{d}}`; gives the position after it.
fn tree(
    tokens: &[String],
    mut at: usize,
    before: &[String],
    groups: bool,
    found: &mut Vec<Vec<String>>,
) -> usize {
    let mut path = before.to_vec();
    // `::a` names a crate.
    if tokens.get(at).is_some_and(|token| token == "::") {
        at += 1;
    }
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") if groups => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = tree(tokens, at, &path, groups, found);
                    if tokens.get(at).is_some_and(|token| token == ",") {
                        at += 1;
                    }
                }
                return at + 1;
            }
            Some("*") if groups => at += 1,
            Some(name) if is_name(name) => {
                path.push(name.to_owned());
                at += 1;
                if tokens.get(at).is_some_and(|token| token == "::") {
                    at += 1;
                    continue;
                }
                if groups && tokens.get(at).is_some_and(|token| token == "as") {
                    at += 2;
                }
            }
            // A turbofish or something else that ends a path.
            _ => at += usize::from(groups),
        }
        if !path.is_empty() {
            found.push(path);
        }
        return at;
    }
}

fn resolved(path: Vec<String>, module: &[String]) -> Vec<String> {
    let mut here = module.to_vec();
    let mut rest = path.into_iter().peekable();
    match rest.peek().map(String::as_str) {
        Some("crate") => {
            rest.next();
            here.clear();
        }
        Some("self") => {
            rest.next();
        }
        Some("super") => {
            while rest.next_if(|word| word == "super").is_some() {
                here.pop();
            }
        }
        _ => return rest.collect(),
    }
    std::iter::once("crate".to_owned())
        .chain(here)
        .chain(rest)
        .collect()
}
