using System.IO.Compression;
using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class EventLogTests
{
    private static List<JsonObject> Tell(Action<RunStory> tell)
    {
        var bytes = new MemoryStream();
        using (var log = new EventLog(bytes, RunStory.Facts)) tell(new RunStory(log));
        using var unzipped = new GZipStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private static List<JsonObject> TellCrash() => Tell(story =>
    {
        CrashStory.TellFormation(story, 6);
        CrashStory.TellScenario(story, 6);
    });

    private static string Kind(JsonObject e) => (string)e["kind"]!;

    /// <summary>The event that led to the first one of that kind about or at that node.</summary>
    private static JsonObject CauseOf(List<JsonObject> log, JsonObject e) => log[(int)(long)e["cause"]!];

    [Test]
    public void The_first_line_names_schema_version_and_run()
    {
        var head = Tell(_ => { }).Single();

        Assert.That((string)head["schema"]!, Is.EqualTo("gossipsim.events"));
        Assert.That((int)head["version"]!, Is.EqualTo(2));
        Assert.That((long)head["randomSeed"]!, Is.EqualTo(42));
    }

    [Test]
    public void Events_are_numbered_from_one_and_name_time_node_kind_and_detail()
    {
        var log = Tell(story => story.At(1.25).Publish(7000, 1).At(1.5).Deliver(7001, 7000, 7000, 1));

        Assert.That(log.Skip(1).Select(e => (int)e["seq"]!), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(
            log[1].ToJsonString(),
            Is.EqualTo("""{"seq":1,"time":1.250000,"node":"127.0.0.1:7000","kind":"gossipPublished","number":1,"""
                + "\"detail\":{\"id\":\"1767225600.5:127.0.0.1:7000:1\",\"origin\":\"127.0.0.1:7000\","
                + "\"epoch\":1,\"count\":1,\"text\":\"payload\"}}"));
        Assert.That(
            log[2].ToJsonString(),
            Is.EqualTo("""{"seq":2,"time":1.500000,"node":"127.0.0.1:7001","kind":"gossipDelivered","cause":1,"""
                + "\"about\":\"127.0.0.1:7000\",\"number\":1,\"detail\":{\"id\":\"1767225600.5:127.0.0.1:7000:1\"}}"));
    }

    [Test]
    public void A_delivery_leads_back_hop_by_hop_to_the_publication()
    {
        var log = TellCrash();
        var last = log.Last(e => e["kind"] is not null && Kind(e) == "gossipDelivered");

        var hops = 0;
        var at = last;
        while (Kind(at) == "gossipDelivered")
        {
            at = CauseOf(log, at);
            hops++;
        }

        Assert.That(Kind(at), Is.EqualTo("gossipPublished"));
        Assert.That((string)at["detail"]!["id"]!, Is.EqualTo((string)last["detail"]!["id"]!));
        Assert.That(hops, Is.GreaterThan(1));
    }

    [Test]
    public void A_removal_leads_back_to_the_crash()
    {
        var log = TellCrash();
        var at = log.Last(e => e["kind"] is not null && Kind(e) == "entryCommitted");
        var kinds = new List<string> { Kind(at) };
        while (at["cause"] is not null)
        {
            at = CauseOf(log, at);
            kinds.Add(Kind(at));
        }

        Assert.That(kinds, Is.EqualTo(new[]
        {
            "entryCommitted", "proposalApproved", "voteHeard", "voteCast", "proposalOpened", "reportHeard",
            "deathReported", "suspected", "processCrashed",
        }));
    }

    [Test]
    public void A_report_follows_from_what_its_own_reporter_did()
    {
        var report = new DeadNode(RunStory.Address(7000), 1, new NodeId(1), ReportFlag.Confirmed, "Dead Node");
        var log = Tell(story => story
            .Tell(7001, EventKind.DeathReported, 7000, 1, report)
            .Tell(7002, EventKind.DeathReported, 7000, 1, report)
            .Tell(6000, EventKind.ReportHeard, 7000, 1, new HeardReport(report, RunStory.Address(7001)))
            .Tell(6000, EventKind.ReportHeard, 7000, 1, new HeardReport(report, RunStory.Address(7003))));

        Assert.That((long?)log[3]["cause"], Is.EqualTo(1));
        Assert.That(log[4]["cause"], Is.Null, "7003 made it up");
    }

    [Test]
    public void Causes_come_before_what_they_cause()
    {
        var events = TellCrash().Skip(1).ToList();

        Assert.That(events.Where(e => e["cause"] is not null && (long)e["cause"]! >= (long)e["seq"]!), Is.Empty);
        Assert.That(events.Count(e => e["cause"] is not null), Is.GreaterThan(events.Count / 3));
    }

    [Test]
    public void Every_kind_of_detail_is_an_object()
    {
        var log = Tell(story => story
            .Tell(6000, EventKind.SeedNodeStarted, number: 2, detail: true)
            .Tell(
                0, EventKind.FaultStruck,
                detail: RunStory.Partition("split", [[RunStory.Address(7000)]]))
            .Tell(7000, EventKind.RegistrationRefused, 6000, detail: new RegisterNack(RefusalReason.NoQuorum, 500))
            .Tell(7000, EventKind.InputRefused, 7001, detail: "not \"JSON\"\n"));

        Assert.That(log.Skip(1).Select(e => e["detail"]!.ToJsonString()), Is.EqualTo(new[]
        {
            """{"learning":true}""",
            """{"type":"partition","fault":"split","mayIsolate":true,"groups":[["127.0.0.1:7000"]]}""",
            """{"reason":"noQuorum","retryAfterMs":500}""", """{"text":"not \u0022JSON\u0022\n"}""",
        }));
        Assert.That(log[2]["node"], Is.Null);
    }

    [TestCase("missing.gz")]
    [TestCase("", Description = "A folder is no file either.")]
    public void A_log_that_cannot_be_opened_is_told_with_its_path(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder[name];

        Assert.That(
            () => StoredLog.Open(path).Dispose(),
            Throws.TypeOf<UsageException>().With.Message.StartsWith($"cannot read {path}: "));
    }
}
