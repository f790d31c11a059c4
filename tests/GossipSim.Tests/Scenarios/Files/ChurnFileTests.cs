using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

/// <summary>Churn as scenario files and trace files write it, and what is said when they are wrong.</summary>
internal sealed class ChurnFileTests
{
    private const string Trace = """{ "churn": { "model": "trace", "file": "t.csv" } }""";
    private const string Constant = """{ "distribution": "constant", "value": 5 }""";

    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Sessions_have_defaults_for_all_but_the_distributions()
    {
        var churn = (SessionChurn)folder.Load(
            $$"""
            { "churn": { "model": "sessions", "sessionSeconds": {{Constant}}, "downtimeSeconds": {{Constant}} } }
            """)
            .Churn!;

        Assert.That(churn.SessionSeconds, Is.EqualTo(new ConstantSettings { Value = 5 }));
        Assert.That((churn.Departure.CrashFraction, churn.Departure.LeaveFraction), Is.EqualTo((1.0, 0.0)));
        Assert.That(churn.ExcludePublishers, Is.False);
    }

    [TestCase(
        """{ "model": ▸"storms" }""",
        "churn.model: found \"storms\", allowed is one of sessions, arrivals, trace")]
    [TestCase(
        $$"""▸{ "model": "sessions", "sessionSeconds": {{Constant}} }""",
        "churn.downtimeSeconds: missing; an object { … } is needed")]
    [TestCase(
        """
        { "model": "sessions", "downtimeSeconds": { "distribution": "constant", "value": 5 },
          "sessionSeconds": { "distribution": "uniform", "from": ▸9, "to": 5 } }
        """,
        "churn.sessionSeconds.from: found 9, allowed is at most to, 5")]
    [TestCase(
        """
        { "model": "sessions", "sessionSeconds": { "distribution": "constant", "value": 5 },
          "downtimeSeconds": { "distribution": "weibull", "scale": 5, "shape": ▸0.01 } }
        """,
        "churn.downtimeSeconds.shape: found 0.01, allowed is a number from 0.05 to 100")]
    [TestCase(
        $$"""
        { "model": "sessions", "sessionSeconds": {{Constant}}, "downtimeSeconds": {{Constant}},
          "departure": ▸{ "crashFraction": 0.5, "leaveFraction": 0.25 } }
        """,
        "churn.departure: crashFraction and leaveFraction make 0.75 together, allowed is 1")]
    [TestCase(
        $$"""
        { "model": "arrivals", "ratePerSecond": 1, "mostArrivals": 5, "sessionSeconds": {{Constant}},
          "departure": ▸{ "leaveFraction": 0.5 } }
        """,
        "churn.departure: crashFraction and leaveFraction make 1.5 together, allowed is 1")]
    [TestCase(
        $$"""{ "model": "arrivals", "ratePerSecond": ▸0, "mostArrivals": 5, "sessionSeconds": {{Constant}} }""",
        "churn.ratePerSecond: found 0, allowed is a number from 1E-06 to 1000000")]
    [TestCase(
        $$"""{ "model": "arrivals", "ratePerSecond": 1, "mostArrivals": ▸0, "sessionSeconds": {{Constant}} }""",
        "churn.mostArrivals: found 0, allowed is a whole number from 1 to 1000000")]
    [TestCase("""▸{ "model": "trace" }""", "churn: a trace needs either events or file, found none")]
    [TestCase(
        """▸{ "model": "trace", "file": "t.csv", "events": [{ "seconds": 1, "peer": 2, "change": "up" }] }""",
        "churn: a trace needs either events or file, found both")]
    [TestCase(
        """
        { "model": "trace", "events": [{ "seconds": 2, "peer": 2, "change": "down" },
          { "seconds": ▸1, "peer": 2, "change": "up" }] }
        """,
        "churn.events[1].seconds: found 1 after 2; events come in order of time")]
    [TestCase(
        """{ "model": "trace", "events": [{ "seconds": 2, "peer": 2, "change": ▸"off" }] }""",
        "churn.events[0].change: found \"off\", allowed is one of up, down, leave")]
    [TestCase(
        """{ "model": "trace", "events": [{ "seconds": 2, "peer": ▸-1, "change": "up" }] }""",
        "churn.events[0].peer: found -1, allowed is a whole number from 0 to 999999")]
    [TestCase(
        """{ "model": "trace", "events": [{ "seconds": 2, "peer": 1, "change": "up", ▸"peers": 3 }] }""",
        "churn.events[0]: unknown key \"peers\"; did you mean \"peer\"?")]
    public void A_wrong_churn_is_told_by_its_place(string churn, string message) =>
        Assert.That(folder.ProblemAtMark($$"""{ "churn": {{churn}} }"""), Is.EqualTo(message));

    [TestCase("seconds,peer,change\n1,3,down\n2.5,3,up\n9,25,leave\n")]
    [TestCase("# recorded\r\n seconds , \"peer\",change\r\n\r\n1.0,3,down\r\n2.5,\t3,up\r\n9,2.5e1,\"leave\"\r\n")]
    public void A_trace_moves_from_its_file_into_the_scenario(string csv)
    {
        folder.Write("t.csv", csv);

        var scenario = folder.Load(Trace, "peers.count=20");

        var trace = (TraceChurn)scenario.Churn!;
        Assert.That(trace.File, Is.Null);
        Assert.That(trace.Events, Is.EqualTo(new[]
        {
            new TraceEvent { Seconds = 1, Peer = 3, Change = TraceChange.Down },
            new TraceEvent { Seconds = 2.5, Peer = 3, Change = TraceChange.Up },
            new TraceEvent { Seconds = 9, Peer = 25, Change = TraceChange.Leave },
        }));
        Assert.That(scenario.AllPeers, Is.EqualTo(26), "places up to 25 are kept");
    }

    [TestCase("", "t.csv: found no values, allowed is a table with a header")]
    [TestCase("seconds,peer,change\n", "t.csv: found 0 events, allowed are 1 to 1000000")]
    [TestCase(
        "peer,seconds,change\n1,2,up\n",
        "t.csv:1:1: found the columns peer, seconds, change, allowed are seconds, peer, change")]
    [TestCase("seconds,peer,change\n1,2\n", "t.csv:2:1: found 2 values, the header has 3")]
    [TestCase("seconds,peer,change\n1,2,up,now\n", "t.csv:2:1: found 4 values, the header has 3")]
    [TestCase(
        "seconds,peer,change\n1,2,up\n\nsoon,2,up\n",
        "t.csv:4:1: found \"soon\", allowed is a number of seconds from 0 to 2000000")]
    [TestCase(
        "seconds,peer,change\n-1,2,up\n", "t.csv:2:1: found \"-1\", allowed is a number of seconds from 0 to 2000000")]
    [TestCase(
        "seconds,peer,change\n1,x,up\n", "t.csv:2:3: found \"x\", allowed is a whole number from 0 to 999999")]
    [TestCase(
        "seconds,peer,change\n1,1.5,up\n",
        "t.csv:2:3: found \"1.5\", allowed is a whole number from 0 to 999999")]
    [TestCase("seconds,peer,change\n1, 2, gone\n", "t.csv:2:7: found \"gone\", allowed is one of up, down, leave")]
    [TestCase(
        "seconds,peer,change\n1,2,down\n5,2,up\n4,3,down\n",
        "t.csv:4:1: found 4 after 5; events come in order of time")]
    public void A_wrong_trace_is_told_by_line_and_column(string csv, string message)
    {
        folder.Write("t.csv", csv);

        Assert.That(folder.Problem(Trace), Is.EqualTo(message));
    }

    [Test]
    public void A_trace_that_is_not_there_is_told_by_the_place_that_names_it() =>
        Assert.That(
            folder.ProblemAtMark("""{ "churn": { "model": "trace", "file": ▸"t.csv" } }"""), Does.Contain("t.csv"));

    [Test]
    public void The_words_of_churn_are_listed_and_in_the_schema()
    {
        Assert.That(Vocabulary.All["churn.model"], Is.EqualTo(new[] { "sessions", "arrivals", "trace" }));
        Assert.That(Vocabulary.All["churn.events[].change"], Is.EqualTo(new[] { "up", "down", "leave" }));
        Assert.That(Vocabulary.All["churn.sessionSeconds.distribution"], Does.Contain("weibull"));
        string schema = ScenarioSchema.Create().ToJsonString();
        foreach (string word in new[]
        {
            "sessionSeconds", "downtimeSeconds", "ratePerSecond", "mostArrivals", "excludePublishers", "crashFraction",
            "leaveFraction", "arrivals", "sessions",
        })
            Assert.That(schema, Does.Contain($"\"{word}\""));
    }
}
