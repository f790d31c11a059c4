using System.Text;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

internal sealed class ReadingTests
{
    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void An_empty_object_is_a_scenario_of_defaults()
    {
        Scenario scenario = folder.Load("{}");

        Assert.That(scenario.Name, Is.EqualTo("a"));
        Assert.That(scenario.SeedNodes.Count, Is.EqualTo(3));
        Assert.That(scenario.Liveness.PingIntervalMs, Is.EqualTo(1000));
    }

    [Test]
    public void Comments_and_trailing_commas_are_allowed()
    {
        Scenario scenario = folder.Load("""
            { // how many
              "peers": { "count": 7, /* enough */ },
              "tags": ["x", "y",],
            }
            """);

        Assert.That(scenario.Peers.Count, Is.EqualTo(7));
        Assert.That(scenario.Tags, Is.EqualTo(new[] { "x", "y" }));
    }

    [Test]
    [Platform("Linux")]
    public void A_file_without_an_end_is_not_read_on_and_on()
    {
        var wrong = Assert.Throws<ScenarioException>(() => folder.LoadFile("/dev/zero"))!;

        Assert.That(wrong.Message, Is.EqualTo("/dev/zero: the file has no end, allowed are 4194304 bytes"));
    }

    [Test]
    public void A_byte_order_mark_is_skipped_and_does_not_shift_columns()
    {
        File.WriteAllText(Path.Combine(folder.Current, "b.json"), "{ \"peer\": 1 }", new UTF8Encoding(true));

        var wrong = Assert.Throws<ScenarioException>(() => folder.LoadFile("b.json"))!;

        Assert.That(wrong.Problems[0].Origin, Is.EqualTo(new Origin("b.json", 1, 3)));
    }

    [TestCase("utf-16", "UTF-16")]
    [TestCase("utf-16BE", "UTF-16")]
    [TestCase("utf-32", "UTF-32")]
    [TestCase("utf-32BE", "UTF-32")]
    public void Another_encoding_is_named_as_the_trouble(string encoding, string name)
    {
        File.WriteAllText(Path.Combine(folder.Current, "b.json"), "{}", Encoding.GetEncoding(encoding));

        var wrong = Assert.Throws<ScenarioException>(() => folder.LoadFile("b.json"))!;

        Assert.That(wrong.Message, Is.EqualTo($"b.json:1:1: the file is {name}; save it as UTF-8"));
    }

    [Test]
    public void Bytes_that_are_not_utf8_are_pointed_at()
    {
        byte[] text = [.. "{\n \"name\": \""u8, 0xFF, .. "\" }"u8];
        File.WriteAllBytes(Path.Combine(folder.Current, "b.json"), text);

        var wrong = Assert.Throws<ScenarioException>(() => folder.LoadFile("b.json"))!;

        Assert.That(wrong.Problems[0].Origin.Line, Is.EqualTo(2));
        Assert.That(wrong.Message, Does.Contain("not UTF-8 text"));
    }

    [TestCase("{\r\n  \"peers\": {\r\n    \"cuont\": 5 }\r\n}", "a.json:3:5:")]
    [TestCase("{\n  \"peers\": {\n    \"cuont\": 5 }\n}", "a.json:3:5:")]
    [TestCase("{\n\t\"peers\": { \"cuont\": 5 } }", "a.json:2:13:")]
    [TestCase("{ \"name\": \"a\", \"description\": \"é😀\", \"peers\": { \"cuont\": 5 } }", "a.json:1:49:")]
    public void Lines_and_columns_are_those_of_editors(string text, string place) =>
        Assert.That(folder.Problem(text), Does.StartWith(place));

    [TestCase("", "a.json:1:1: the file is empty")]
    [TestCase("// nothing\n", "a.json:1:1: the file is empty")]
    [TestCase("[1]", "a.json:1:1: a scenario is an object { … }, found a list")]
    [TestCase("5", "a.json:1:1: a scenario is an object { … }, found 5")]
    [TestCase("null", "a.json:1:1: a scenario is an object { … }, found null")]
    [TestCase("{\n \"peers\": {\n", "but what a.json:2:11 opens is not closed")]
    [TestCase("{ \"tags\": [\"x\"", "but what a.json:1:11 opens is not closed")]
    [TestCase("{\n  \"randomSeed\": 1\n  \"name\": \"x\" }", "a.json:3:3: broken JSON")]
    [TestCase("{ \"randomSeed\": 1 } x", "a.json:1:21: broken JSON")]
    [TestCase("{ 'name': 1 }", "double quotes, not in single ones")]
    [TestCase("{ name: 1 }", "a.json:1:3: broken JSON: name must stand in double quotes")]
    [TestCase("{ \"randomSeed\": NaN }", "JSON has no NaN")]
    [TestCase("{ \"randomSeed\": Infinity }", "JSON has no Infinity")]
    [TestCase("{ \"randomSeed\": -Infinity }", "JSON has no Infinity")]
    [TestCase("{ \"randomSeed\": undefined }", "JSON has no undefined")]
    [TestCase("{ \"network\": { \"emulateOnTcp\": False } }", "the JSON word is false")]
    [TestCase("{ \"name\": None }", "the JSON word is null")]
    [TestCase("{ \u201Cname\u201D: 1 }", "a.json:1:3: broken JSON: a curly quotation mark U+201C: use \"")]
    [TestCase("{ \"name\": \u2018x\u2019 }", "a.json:1:11: broken JSON: a curly single quotation mark U+2018: use")]
    [TestCase("{\n\u00A0 \"name\": \"x\" }", "a.json:2:1: broken JSON: a no-break space U+00A0: use a plain blank")]
    [TestCase("{ \"name\":\u00A0\"x\" }", "a.json:1:10: broken JSON: a no-break space U+00A0: use a plain blank")]
    [TestCase("{ \"name\": \"x\"\u202F}", "a.json:1:14: broken JSON: a narrow no-break space U+202F: use")]
    [TestCase("{ \"name\": \"x\uFF02 }\n", "a text ends at its line's end without a closing \"")]
    [TestCase("{ \"name\": \"x\u201D }\n", "without a closing \"; a curly quotation mark U+201D does not end it")]
    [TestCase("{ \"a\": \"\u00e9\", \u200B\"b\": 1 }", "a.json:1:13: broken JSON: a zero-width space U+200B")]
    [TestCase("{ \"randomSeed\": \u22125 }", "a.json:1:17: broken JSON: a minus sign U+2212: use -")]
    [TestCase("{ \"randomSeed\"\uFF1A 5 }", "a.json:1:15: broken JSON: a wide colon U+FF1A: use :")]
    [TestCase("{ \"randomSeed\": \uFEFF5 }", "a.json:1:17: broken JSON: a byte order mark U+FEFF: take it out")]
    [TestCase("{ \"randomSeed\": \u202E5 }", "a right-to-left override U+202E: take it out")]
    [TestCase("{ \"randomSeed\": \0 5 }", "a.json:1:17: broken JSON: a NUL character U+0000: take it out")]
    [TestCase("{ \"randomSeed\": \u001b 5 }", "an escape character U+001B: take it out")]
    [TestCase("{ \"randomSeed\": \u6f22 }", "the character U+6F22 (\u6f22): it can stand only inside of a text")]
    [TestCase("{ \"name\": \"a\u0007\" }", "a control character U+0007 in a text: take it out, or write \\u0007")]
    [TestCase("{ \"name\": \"a\tb\" }", "a tab in a text: write \\t")]
    [TestCase("{ \"a\": { \"x\": 2,5 } }", "a.json:1:17: broken JSON: 2,5: decimals have a point, 2.5")]
    [TestCase("{ \"a\": -0,25 }", "broken JSON: -0,25: decimals have a point, -0.25")]
    [TestCase("{ \"a\": [1 2] }", "a.json:1:11: broken JSON: a comma is missing before this")]
    [TestCase("{ \"a\": 1\n  \"b\": 2 }", "a.json:2:3: broken JSON: a comma is missing before this")]
    [TestCase("{ \"a\": 1 b: 2 }", "a.json:1:10: broken JSON: a comma is missing before this")]
    [TestCase("{ } x", "the file goes on after the end of the scenario")]
    [TestCase("{ \"runtime\": \"sim\u00A0\" }", "found \"sim\\u00A0\"")]
    [TestCase("{ \"runtime\": \"\\u001b[2Jsim\\u202e\" }", "found \"\\u001B[2Jsim\\u202E\"")]
    [TestCase("{ \"name\": abc }", "abc must stand in double quotes")]
    [TestCase("{ \"randomSeed\": 01 }", "broken JSON")]
    [TestCase("{ \"name\": \"\\ud800\" }", "half of a \\u surrogate pair")]
    [TestCase(
        "{ \"churn\": { \"model\": \"trace\", \"file\": \"a\\u0000b\" } }",
        "a.json:1:40: the text contains \\u0000, allowed are all other characters")]
    [TestCase("{ \"extends\": \"\\u0000\" }", "a.json:1:14: the text contains \\u0000")]
    [TestCase("{ \"name\": \"\\x\" }", "broken JSON")]
    public void Broken_json_is_explained_in_one_line(string text, string explanation)
    {
        string problem = folder.Problem(text);

        Assert.That(problem, Does.Contain(explanation));
        Assert.That(problem, Does.Not.Contain("\n").And.Not.Contain("BytePosition").And.Not.Contain("reader options"));
    }

    [Test]
    public void A_key_given_twice_is_an_error_that_names_both_places() => Assert.That(
        folder.Problem("{\n  \"peers\": { \"count\": 3,\n    \"count\": 4 }\n}"),
        Is.EqualTo("a.json:3:5: the key \"count\" is given twice, first at a.json:2:14"));

    [Test]
    public void Hostile_nesting_ends_in_a_message()
    {
        string text = "{ \"tags\": " + new string('[', 100_000);

        Assert.That(folder.Problem(text), Does.StartWith("a.json:1:").And.Contain("depth"));
    }

    [TestCase("1e400")]
    [TestCase("-1e999")]
    public void A_number_beyond_floating_point_is_named(string number) => Assert.That(
        folder.Problem($"{{ \"randomSeed\": {number} }}"),
        Is.EqualTo($"a.json:1:17: the number {number} is beyond what numbers here can hold (1e308)"));

    [TestCase("2e2", 200)]
    [TestCase("200.0", 200)]
    [TestCase("20000e-2", 200)]
    public void A_whole_number_may_be_written_in_any_way(string number, int count) =>
        Assert.That(folder.Load($"{{ \"peers\": {{ \"count\": {number} }} }}").Peers.Count, Is.EqualTo(count));

    [Test]
    public void A_huge_file_is_refused_before_it_is_read()
    {
        string path = folder.Write("big.json", "");
        using (FileStream file = File.OpenWrite(path))
            file.SetLength(5_000_000);

        var wrong = Assert.Throws<ScenarioException>(() => folder.LoadFile("big.json"))!;

        Assert.That(wrong.Message, Is.EqualTo("big.json: the file has 5000000 bytes, allowed are 4194304"));
    }

    [Test]
    public void The_text_is_kept_as_it_was_written()
    {
        const string Text = "{ /* mine */ \"randomSeed\": 5, }";
        folder.Write("a.json", Text);

        Assert.That(folder.LoadFile("a").SourceText, Is.EqualTo(Text));
    }
}
