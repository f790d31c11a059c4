using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

/// <summary>The overlay's rules as a scenario says them, and links that stand in a file beside it.</summary>
internal sealed class OverlayFileTests
{
    private const string InFile =
        """{ "peers": { "count": 4 }, "overlay": { "rule": "fromFile", "file": "links.txt" } }""";

    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("0 1\n1 2\n2 3\n")]
    [TestCase("# from,to\r\n0,1\r\n\r\n2,1   # back\r\n3, 2")]
    [TestCase("Source;Target;Weight\n0;1;5\n1;2;5\n2;3;5\n")]
    [TestCase("0.0 1.0\n1.0 2.0\n2.000e+00 3.000e+00\n")]
    [TestCase("1 2\n2 3\n3 4\n")]
    [TestCase("*Vertices 4\n*Edges\n1 2\n2 3\n3 4\n")]
    [TestCase("127.0.0.1:999 127.0.0.1:7000\n127.0.0.1:7000 127.0.0.1:10000\n127.0.0.1:10000 127.0.0.2:5\n")]
    [TestCase("0 1 0 0\n1 0 1 0\n0 1 0 1\n0 0 1 0\n")]
    [TestCase("graph { 0 -- 1 -- 2 -- 3 }")]
    [TestCase(
        "<graphml><graph><node id='b'/><node id='a'/><edge source='a' target='b'/><edge source='b' target='c'/>"
        + "<edge source='c' target='d'/></graph></graphml>")]
    public void Links_move_from_their_file_into_the_scenario(string text)
    {
        folder.Write("links.txt", text);

        var overlay = folder.Load(InFile).Overlay;

        Assert.That(overlay.File, Is.Null);
        Assert.That(
            overlay.Links!.Select(link => (Math.Min(link[0], link[1]), Math.Max(link[0], link[1]))),
            Is.EqualTo(new[] { (0, 1), (1, 2), (2, 3) }));
        folder.Write("again.json", folder.LoadFile("a.json").EffectiveText);
        Assert.That(folder.LoadFile("again").EffectiveText, Is.EqualTo(folder.LoadFile("a.json").EffectiveText));
    }

    [TestCase("0 1\n1 2 3\n", "links.txt:2: found 3 columns, line 1 has 2; allowed is one edge a line")]
    [TestCase("0\n", "links.txt: peer 0 has no link, but each of the 4 peers of peers.count needs one")]
    [TestCase("0 1\n\n1 x\n", "links.txt:3:1: found \"x\", allowed are the numbers of peers, from 0 to 3, or as many")]
    [TestCase("a b\nb c\n", "links.txt:1:1: found \"a\", allowed are the numbers of peers, from 0 to 3, or as many")]
    [TestCase("0 -1\n", "links.txt:1:1: found \"-1\", allowed are the numbers of peers, from 0 to 3")]
    [TestCase("0 99999999999\n", "links.txt:1:1: there is no peer 2147483647: peers.count is 4")]
    [TestCase("0 1\n1 4\n", "links.txt:2:1: there is no peer 4: peers.count is 4, and the first peer is 0")]
    [TestCase("0 1\n2 2\n", "links.txt:2:1: peer 2 is linked to itself")]
    [TestCase("0 1\n2 3\n1 0\n", "links.txt:3:1: peers 0 and 1 are linked twice")]
    [TestCase("0 1\n1 3\n", "links.txt: peer 2 has no link, but each of the 4 peers of peers.count needs one")]
    [TestCase("0,1\n2\t1\n", "links.txt:2: found \"2 1\": one name holds several numbers; a file has one separator")]
    [TestCase("", "links.txt: nothing to read: the file is empty")]
    public void A_wrong_file_of_links_is_told_by_line(string text, string message)
    {
        folder.Write("links.txt", text);

        Assert.That(folder.Problem(InFile), Does.StartWith(message));
    }

    [Test]
    public void A_missing_file_of_links_is_told_at_the_key() => Assert.That(
        folder.Problem(InFile),
        Is.EqualTo("a.json:1:69: overlay.file: no file \"links.txt\" (looked for links.txt)"));

    [TestCase(
        "\"rule\": ▸\"fromFile\"", "overlay.rule: fromFile needs either links or file, found none")]
    [TestCase(
        "\"rule\": \"fromFile\", \"links\": [[0, 1], ▸[1, 20]]",
        "overlay.links[1]: there is no peer 20: peers.count is 20, and the first peer is 0")]
    [TestCase(
        "\"rule\": \"fromFile\", \"links\": ▸[[0, 1]]",
        "overlay.links: peer 2 has no link, but each of the 20 peers of peers.count needs one")]
    [TestCase(
        "\"links\": ▸[[0, 1]]",
        "overlay.links: only counts with \"rule\": \"fromFile\", found \"preferentialAttachment\"")]
    [TestCase(
        "\"rule\": \"ring\", \"file\": ▸\"x.txt\"",
        "overlay.file: only counts with \"rule\": \"fromFile\", found \"ring\"")]
    [TestCase(
        "\"zipfExponent\": ▸2",
        "overlay.zipfExponent: only counts with \"rule\": \"zipfRank\", found \"preferentialAttachment\"")]
    [TestCase(
        "\"rule\": \"uniform\", \"zipfRankBy\": ▸\"age\"",
        "overlay.zipfRankBy: only counts with \"rule\": \"zipfRank\", found \"uniform\"")]
    [TestCase(
        "\"rule\": \"ring\", \"rewiringProbability\": ▸0.1",
        "overlay.rewiringProbability: only counts with \"rule\": \"smallWorld\", found \"ring\"")]
    [TestCase(
        "\"rule\": \"ring\", \"maxDegree\": ▸9",
        "overlay.maxDegree: found 9, but \"rule\": \"ring\" itself says how many links")]
    [TestCase(
        "\"rule\": \"smallWorld\", \"linksPerJoin\": ▸{ \"from\": 1, \"to\": 2 }",
        "overlay.linksPerJoin: found 1 to 2, but in a small world all open the same number")]
    [TestCase(
        "\"rule\": \"smallWorld\", \"linksPerJoin\": ▸\"floorHalfPlusOne\"",
        "overlay.linksPerJoin: found floorHalfPlusOne, but in a small world all open the same number")]
    [TestCase(
        "\"linksPerJoin\": { \"from\": ▸3, \"to\": 2 }",
        "overlay.linksPerJoin.from: found 3, allowed is at most to, 2")]
    [TestCase(
        "\"linksPerJoin\": { \"from\": 1, \"to\": 3 }, \"repair\": { \"minDegree\": ▸2 }",
        "overlay.repair.minDegree: found 2, allowed is at most overlay.linksPerJoin, 1 to 3")]
    [TestCase(
        "\"linksPerJoin\": { \"from\": 1, \"to\": 3 }, \"maxDegree\": ▸3",
        "overlay.maxDegree: found 3, allowed is at least the mean degree, 4")]
    [TestCase(
        "\"linksPerJoin\": \"floorHalfPlusOne\", \"maxDegree\": ▸10",
        "overlay.maxDegree: found 10, allowed is more than half of the 20 peers")]
    public void Keys_that_do_not_fit_the_rule_are_told(string overlay, string message) =>
        Assert.That(folder.ProblemAtMark($"{{ \"overlay\": {{ {overlay} }} }}"), Is.EqualTo(message));

    [Test]
    public void Whoever_links_to_all_has_to_be_told_of_all()
    {
        const string Text = """{ "peers": { "count": 201 }, "overlay": { "rule": "complete" } }""";

        Assert.That(folder.Problem(Text), Does.EndWith(
            "seedNodes.peerListLimit: found 200, allowed with \"rule\": \"complete\" is at least the number of peers,"
            + " 201"));
        Assert.That(() => folder.Load(Text, "seedNodes.peerListLimit=201"), Throws.Nothing);
    }

    [TestCase("\"rule\": \"uniform\"", 4, 2)]
    [TestCase("\"rule\": \"uniform\", \"linksPerJoin\": 1", 1, 1)]
    [TestCase("\"rule\": \"smallWorld\"", 3, 2)]
    [TestCase("\"rule\": \"topHalf\"", 3, 1)]
    [TestCase("\"linksPerJoin\": { \"from\": 1, \"to\": 3 }", 1, 1)]
    [TestCase("\"linksPerJoin\": { \"from\": 2, \"to\": 9 }", 2, 2)]
    public void Links_and_what_is_kept_of_them_follow_the_rule(string overlay, int fewest, int kept)
    {
        var settings = folder.Load($"{{ \"overlay\": {{ {overlay} }} }}").Overlay;

        Assert.That(settings.LinksPerJoin.Range!.From, Is.EqualTo(fewest));
        Assert.That(settings.Repair.MinDegree, Is.EqualTo(kept));
    }

    [Test]
    public void Zipf_ranks_are_shuffled_with_exponent_1_unless_a_file_says_more()
    {
        const string Text = """{ "overlay": { "rule": "zipfRank", "linksPerJoin": "floorHalfPlusOne" } }""";
        var overlay = folder.Load(Text).Overlay;

        Assert.That((overlay.ZipfExponent, overlay.ZipfRankBy), Is.EqualTo((1.0, RankOrder.Shuffled)));
        Assert.That(overlay.LinksPerJoin, Is.EqualTo(LinksPerJoin.FloorHalfPlusOne));
        Assert.That(overlay.Repair.MinDegree, Is.EqualTo(2));
    }

    [TestCase("3", "3")]
    [TestCase("""{ "from": 1, "to": 3 }""", """{"from":1,"to":3}""")]
    [TestCase("""{ "to": 5, "from": 5 }""", "5")]
    [TestCase("\"floorHalfPlusOne\"", "\"floorHalfPlusOne\"")]
    public void Links_per_join_are_written_as_they_are_read(string written, string again)
    {
        folder.Write("a.json", $"{{ \"overlay\": {{ \"linksPerJoin\": {written} }} }}");

        var effective = JsonNode.Parse(folder.LoadFile("a").EffectiveText)!["overlay"]!.AsObject();

        Assert.That(effective["linksPerJoin"]!.ToJsonString(), Is.EqualTo(again));
        Assert.That(effective.Select(key => key.Key), Is.EqualTo(new[] { "rule", "linksPerJoin", "repair" }));
    }

    [TestCase("\"rule\": ▸\"ring\"", "overlay.rule: found ring, but nodes of a protocol of your own are linked by")]
    [TestCase(
        "\"linksPerJoin\": ▸\"floorHalfPlusOne\"",
        "overlay.linksPerJoin: found floorHalfPlusOne, but with a protocol of your own allowed is a number")]
    public void Protocols_of_users_are_linked_by_preferential_attachment(string overlay, string message) => Assert.That(
        folder.ProblemAtMark($$"""
            { "protocol": { "name": "pushPullAverage" }, "overlay": { {{overlay}} } }
            """),
        Does.StartWith(message));
}
