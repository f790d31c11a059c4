using System.Text;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Explaining;

internal sealed class EventLogReaderTests
{
    private static readonly string head = LoggedRun.Small(1).Lines()[0].ToJsonString();

    private const string Crash =
        """{"seq":1,"time":1.5,"node":"127.0.0.1:7000","kind":"processCrashed","detail":{"text":"hub"}}""";

    private static string Complaint(string text) =>
        Assert.Throws<EventLogException>(() => LoggedRun.OfText(text).History())!.Message;

    [Test]
    public void What_is_read_is_what_was_written()
    {
        var run = LoggedRun.Small(1);
        var lines = run.Lines().Skip(1).ToList();
        using var folder = new Results.TemporaryFolder();
        run.WriteTo(folder["log"]);
        using var file = File.OpenRead(folder["log"]);
        using var reader = new EventLogReader(file, "log");

        var events = reader.Events().ToList();

        Assert.That(events.Select(e => e.Seq), Is.EqualTo(lines.Select(line => (long)line["seq"]!)));
        Assert.That(
            events.Select(e => e.At.Microseconds),
            Is.EqualTo(lines.Select(line => (long)((decimal)line["time"]! * 1_000_000))));
        Assert.That(
            events.Select(e => e.Mark ?? EventDetail.Name(e.Kind.ToString()!)),
            Is.EqualTo(lines.Select(line => (string)line["kind"]!)));
        Assert.That(events.Select(e => e.Cause), Is.EqualTo(lines.Select(line => (long?)line["cause"])));
        Assert.That(reader.Facts.SeedNodes, Has.Count.EqualTo(3));
        Assert.That(reader.Facts.DetectionBound, Is.EqualTo(TimeSpan.FromSeconds(8)));
    }

    [TestCase("", ExpectedResult = "events.jsonl.gz is empty")]
    [TestCase("{\"seq\":1}", ExpectedResult = "events.jsonl.gz, line 1: this is no gossipsim.events log")]
    [TestCase(
        "{\"schema\":\"gossipsim.events\",\"version\":1}",
        ExpectedResult = "events.jsonl.gz, line 1: the log has version 1; this program reads version 2")]
    public string A_log_of_another_sort_is_refused(string text) => Complaint(text);

    [Test]
    public void A_broken_line_is_named_by_its_number()
    {
        var wrong = Crash.Replace("processCrashed", "procesCrashed", StringComparison.Ordinal);
        var second = Crash.Replace("\"seq\":1", "\"seq\":3", StringComparison.Ordinal);
        var nowhere = Crash.Replace("127.0.0.1:7000", "127.0.0.1", StringComparison.Ordinal);

        Assert.That(
            Complaint($"{head}\n{Crash}\n{Crash[..40]}\n"),
            Is.EqualTo("events.jsonl.gz, line 3: not a whole JSON object"));
        Assert.That(
            Complaint($"{head}\n{wrong}\n"), Is.EqualTo(
                "events.jsonl.gz, line 2: no event is called 'procesCrashed'; did you mean \"processCrashed\"?"));
        Assert.That(
            Complaint($"{head}\n{Crash}\n{second}\n"),
            Is.EqualTo("events.jsonl.gz, line 3: the number (seq) is 3, expected 2"));
        Assert.That(Complaint($"{head}\n{nowhere}\n"), Does.StartWith("events.jsonl.gz, line 2: '127.0.0.1' is not"));
    }

    [Test]
    public void A_line_that_lost_its_detail_is_told_whatever_its_kind(
        [Values("processStarted", "faultStruck", "gossipPublished", "gossipDelivered",
            "gossipRefused", "gossipGivenUp", "neighborsSelected", "witnessHeard", "deathReported", "reportHeard",
            "registrationRefused", "seedNodeStarted", "measured", "proposalOpened", "voteCast", "entryCommitted",
            "entryRecalled")] string kind)
    {
        var line = $$"""{"seq":1,"time":1,"node":"127.0.0.1:7000","kind":"{{kind}}","about":"127.0.0.1:7001"}""";

        Assert.That(Complaint($"{head}\n{line}\n"), Is.EqualTo(
            $"events.jsonl.gz, line 2: \"detail\" is missing, every {kind} has one"));
    }

    [Test]
    public void A_duplicate_need_not_tell_of_which_message_it_is()
    {
        const string Duplicate =
            """{"seq":1,"time":1,"node":"127.0.0.1:7000","kind":"gossipDuplicate","about":"127.0.0.1:7001"}""";

        Assert.That(() => LoggedRun.OfText($"{head}\n{Duplicate}\n").History(), Throws.Nothing);
    }

    [Test]
    public void A_value_that_no_event_has_is_told_with_what_is_allowed()
    {
        const string Delivery =
            """{"seq":1,"time":1.5,"node":"127.0.0.1:7000","kind":"gossipDelivered","number":-1,"detail":{"id":"a"}}""";

        string Told(string was, string now) => Complaint(
            $"{head}\n{Delivery.Replace(was, now, StringComparison.Ordinal)}\n")["events.jsonl.gz, ".Length..];

        Assert.That(
            Told("-1", "-1"), Is.EqualTo("line 2: \"number\" is -1, allowed is a number of hops from 0 on"));
        Assert.That(Told("1.5", "1e308"), Is.EqualTo(
            "line 2: \"time\" is 1e308, allowed is a number of seconds from 0 to 1000000000000"));
        Assert.That(Told("-1", "1.5"), Is.EqualTo("line 2: \"number\" is 1.5, allowed is a whole number"));
        Assert.That(Told("-1,\"detail\":{\"id\":\"a\"}", "1,\"detail\":7"), Is.EqualTo(
            "line 2: a detail is not what its kind asks for, allowed is an object { … }"));
        Assert.That(
            Told("-1,\"detail\":{\"id\":\"a\"}", "1,\"detail\":{}"), Is.EqualTo("line 2: \"id\" is missing"));
    }

    [Test]
    public void A_file_that_is_cut_off_or_not_packed_is_told_with_the_line()
    {
        var lines = LoggedRun.Small(1).Lines().Select(line => line.ToJsonString());
        var whole = LoggedRun.Packed(string.Join("\n", lines));

        string Told(byte[] bytes) => Assert.Throws<EventLogException>(() =>
        {
            using var reader = new EventLogReader(new MemoryStream(bytes), "log");
            _ = reader.Events().Count();
        })!.Message;

        Assert.That(Told(whole[..(whole.Length / 2)]), Does.Match("^log, line [0-9]+: "));
        Assert.That(Told(Encoding.UTF8.GetBytes(head)), Does.StartWith("log, line 1: the file is damaged"));
    }
}
