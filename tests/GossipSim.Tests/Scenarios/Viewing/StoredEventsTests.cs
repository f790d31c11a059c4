using System.Text;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Viewing;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Viewing;

/// <summary>A stored log is opened whole or with a word about it, and any part of it is found again.</summary>
[TestFixture]
internal sealed class StoredEventsTests
{
    [Test]
    public void What_is_indexed_is_what_the_log_says()
    {
        using var log = new EventLogReader(new MemoryStream(StoredLogs.Crash), "log");
        var read = log.Events().ToList();

        var stored = StoredLogs.Open(StoredLogs.Crash);

        var latest = 0L;
        Assert.That(stored.Count, Is.EqualTo(read.Count));
        for (var place = 0; place < read.Count; place++)
        {
            var (e, line) = (stored[place], read[place]);
            Assert.That(e.Seq, Is.EqualTo(line.Seq));
            latest = Math.Max(latest, line.At.Microseconds);
            Assert.That(e.Microseconds, Is.EqualTo(latest));
            Assert.That(
                StoredKinds.Names[e.Kind], Is.EqualTo(line.Mark ?? EventDetail.Name(line.Kind.ToString()!)));
            Assert.That(NameOf(stored, e.Node), Is.EqualTo(line.Node.IsNone ? null : line.Node.ToString()));
            Assert.That(NameOf(stored, e.About), Is.EqualTo(line.About.IsNone ? null : line.About.ToString()));
        }

        Assert.That(stored.Torn, Is.Null);
        Assert.That(stored.Facts.Quorum, Is.EqualTo(2));
    }

    [Test]
    public void Lines_come_back_as_they_were_written_across_packed_blocks()
    {
        var log = StoredLogs.Write(story =>
        {
            for (var n = 1; n <= 5000; n++) story.At(n * 0.001).Publish(7000, n);
        });
        var lines = StoredLogs.Unpack(log).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

        var stored = StoredLogs.Open(log);

        foreach (var (from, to) in new[] { (0, 1), (2040, 2060), (4095, 4097), (4990, 5001), (0, 5001), (7, 7) })
        {
            var found = stored.Lines(from, to).Select(line => Encoding.UTF8.GetString(line.Span));
            Assert.That(found, Is.EqualTo(lines[from..to]), $"{from} to {to}");
        }
    }

    [Test]
    public void A_moment_is_found_by_its_time_and_by_its_number()
    {
        var stored = StoredLogs.Open(StoredLogs.Write(
            story => story.At(1).Publish(7000, 1).At(2).Publish(7000, 2).Publish(7001, 1).At(3).Publish(7000, 3)));

        Assert.That(stored.PlaceAfter(999_999), Is.EqualTo(0));
        Assert.That(stored.PlaceAfter(2_000_000), Is.EqualTo(3));
        Assert.That(stored.PlaceAfter(9_000_000), Is.EqualTo(stored.Count));
        Assert.That(stored.PlaceOfSeq(3), Is.EqualTo(2));
        Assert.That(stored.PlaceOfSeq(99), Is.EqualTo(stored.Count));
    }

    [Test]
    public void Time_never_goes_back_even_when_nodes_are_heard_of_late()
    {
        var stored = StoredLogs.Open(StoredLogs.Write(
            story => story.At(1).Publish(7000, 1).At(0.5).Publish(7001, 1).At(2).Publish(7002, 1)));

        Assert.That(Enumerable.Range(0, 3).Select(place => stored[place].Microseconds),
            Is.EqualTo(new[] { 1_000_000, 1_000_000, 2_000_000 }));
    }

    [Test]
    public void A_log_that_was_cut_off_is_shown_as_far_as_it_goes()
    {
        var whole = StoredLogs.Open(StoredLogs.Crash).Count;
        var cut = StoredLogs.Open(StoredLogs.Crash[..^(StoredLogs.Crash.Length / 3)]);
        var text = StoredLogs.Unpack(StoredLogs.Crash);
        var torn = StoredLogs.Open(StoredLogs.Pack(text[..^9]));

        Assert.That(cut.Count, Is.InRange(1, whole - 1));
        Assert.That(cut.Torn, Does.Contain("cut off"));
        Assert.That(torn.Count, Is.EqualTo(whole - 1));
        Assert.That(torn.Torn, Does.Contain("within the line"));
    }

    [Test]
    public void A_log_without_an_end_says_that_the_run_was_stopped()
    {
        var stored = StoredLogs.Open(StoredLogs.Write(story => story.At(1).Publish(7000, 1), hasEnd: false));

        Assert.That(stored.Torn, Does.Contain("no end"));
    }

    [Test]
    public void Files_that_are_no_event_logs_are_refused_with_a_reason()
    {
        Assert.That(Refusal("hello"u8.ToArray()), Does.StartWith("events.jsonl.gz: "));
        Assert.That(Refusal(StoredLogs.Pack("")), Does.Contain("no line"));
        Assert.That(Refusal(StoredLogs.Pack("hello\n")), Does.Contain("line 1: not a whole JSON object"));
        Assert.That(Refusal(StoredLogs.Pack("{\"a\":1}\n")), Does.Contain("this is no gossipsim.events log"));
        Assert.That(Refusal(StoredLogs.Pack("[1]\n")), Does.Contain("line 1"));
    }

    [TestCase("""{"seq":1,"time":1.000000,"kind":"noSuchThing"}""", "no event is called 'noSuchThing'")]
    [TestCase("""{"seq":2,"time":1.000000,"kind":"left"}""", "the number (seq) is 2, expected 1")]
    [TestCase("""{"seq":1,"time":-1,"kind":"left"}""", "seq, time and kind")]
    [TestCase("""{"seq":1,"time":"x","kind":"left"}""", "six digits")]
    [TestCase("""{"seq":1,"time":1.000000,"kind":"left"} {}""", "not a whole JSON object")]
    [TestCase("""{"seq":1,"time":1.000000,"kind":"left",""", "not a whole JSON object")]
    [TestCase("""{"seq":1,"time":1.000000,"kind":"voteCast","detail":{}}""", "a vote names its proposal")]
    [TestCase("""{"seq":1,"time":1.000000,"kind":"voteCast","detail":{"proposal":"7"}}""", "a vote names its proposal")]
    [TestCase("""{"seq":1,"time":1.000000,"kind":"faultStruck","detail":[]}""", "not what its kind asks for")]
    [TestCase("""{"seq":1,"time":1.000000,"kind":"faultStruck"}""", "\"detail\" is missing, every faultStruck has one")]
    [TestCase("""{"seq":1,"time":1.000000,"node":"here","kind":"left"}""", "'here' is no address")]
    public void A_broken_line_is_named_with_its_number(string line, string reason)
    {
        var head = StoredLogs.Unpack(StoredLogs.Crash).Split('\n')[0];

        Assert.That(Refusal(StoredLogs.Pack($"{head}\n{line}\n")), Does.Contain("line 2: ").And.Contain(reason));
    }

    [Test]
    public void A_sampled_log_may_leave_numbers_out_and_a_full_one_may_not()
    {
        var lines = StoredLogs.Unpack(StoredLogs.Write(
            story => story.At(1).Publish(7000, 1).Publish(7001, 1).Publish(7002, 1),
            RunStory.Facts with { LoggedPeers = 2 })).Split('\n');

        var stored = StoredLogs.Open(StoredLogs.Pack(string.Join('\n', [lines[0], lines[1], .. lines[3..]])));

        Assert.That(stored.Facts.LoggedPeers, Is.EqualTo(2));
        Assert.That(stored.PlaceOfSeq(2), Is.EqualTo(1));
        Assert.That(stored[1].Seq, Is.EqualTo(3));
    }

    private static string? NameOf(StoredEvents log, int node) => node < 0 ? null : log.Nodes[node];

    private static string Refusal(byte[] log) => Assert.Throws<EventLogException>(() => StoredLogs.Open(log))!.Message;
}
