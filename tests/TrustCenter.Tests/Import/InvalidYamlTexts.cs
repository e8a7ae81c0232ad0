namespace TrustCenter.Tests.Import;

/// <summary>Texts that are no YAML, or YAML that a folder does not need. Each is refused with a line.</summary>
internal static class InvalidYamlTexts
{
    public static readonly string[] All =
    [
        // flow collections
        "name: [a", "name: [a, b", "name: {a: b", "name: {a: b, c", "name: [a, {b: c]", "name: ]", "name: }",
        "[a, b", "[a]]", "{a: b}}", "[a, , b]", "[, a]", "{, a: b}", "[a b: c, d: [}]", "name: [a\nb: c", "products: [a, b\nplans: [c]",
        "products: [\n- a\n]", "[a]: [b]: c", "{a: b}\nc: d", "[a]\nb: c", "name: [a] b", "name: {a: b} c", "name: [a]b: c",
        // quotes and escapes
        "name: \"a", "name: 'a", "name: \"a\nhost: b", "name: \"a\" b", "name: 'a' b", "name: \"\\q\"", "name: \"\\x4\"", "name: \"\\u12\"",
        "name: \"\\U0011ffff\"", "name: \"a\\", "\"name: b", "'name: b", "\"a\"b: c", "name: \"a\": b: c", "name: \"\\ud800\"", "name: 'it's'",
        // indentation
        "name: a\n host: b", "name:\n  a: b\n c: d", "products:\n  - a\n - b", "products:\n- a\n  - b: c\n - d", "name: a\n  - b: c", "- a\nname: b",
        "name: b\n- a", "  name: a\nhost: b", "name:\n\thost: b", "name:\n  a: b\n\tc: d", "products:\n  - a\n b", "a:\n  b: c\n d",
        // colons and keys
        "name: a: b", "name: a\nhost", "name: - a", "name: - a\n  - b", "a: b: c: d", "? [a]\n: b", "? {a: b}\n: c", "[a, b]: c", "{a: b}: c", "- a: b: c",
        // the same name twice
        "name: a\nname: b", "name: a\nNAME: b", "{a: b, a: c}", "topics:\n  - key: a\n    key: b", "\"name\": a\nname: b", "name: a\n? name\n: b",
        // anchors, aliases and tags
        "name: &a b", "name: *a", "name: &a b\nhost: *a", "name: &a", "name: & b", "name: *", "<<: *a", "&a name: b", "&a [b]",
        "name: !!str a", "name: !a b", "name: !<tag:yaml.org,2002:str> a", "name: !!binary aGk=", "name: !!int 1", "name: !", "!!map {a: b}",
        "name: !!python/object:os.system x", "name: !e!x y", "products: !!set {a}",
        // characters that begin nothing
        "name: @a", "name: `a", "name: %a", "@a: b", "`a", "%a", "name: |a", "name: >a", "name: |0\n a", "name: |10\n a", "name: |--\n a",
        "name: , a", "name: ? a\n - b",
        // documents and directives
        "name: a\n---\nname: b", "name: a\n...\nname: b", "--- a\n--- b", "%YAML 1.2\n%YAML 1.2\n---\nname: a", "%YAML 9.9\n---\na: b", "%YAML a\n---\na: b",
        "%TAG ! a\n%TAG ! b\n---\na: b", "name: a\n%YAML 1.2\n---\nb: c", "%YAML 1.2", "---", "...", "# only a comment", "\n\n",
    ];
}
