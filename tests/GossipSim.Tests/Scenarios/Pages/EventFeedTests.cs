using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Scenarios.Results;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Pages;

/// <summary>What pages are told of a run, and that none of them can hold it up.</summary>
[TestFixture]
internal sealed class EventFeedTests
{
    private static readonly NodeAddress seed = NodeAddress.Parse("127.0.0.1:6000");
    private static readonly NodeAddress[] peers =
        [.. Enumerable.Range(7000, 40).Select(port => NodeAddress.Parse($"127.0.0.1:{port}"))];

    private long seq;

    [Test]
    public async Task A_snapshot_and_the_batches_after_it_have_every_event_once()
    {
        using var feed = Create();
        var snapshot = Snapshot(feed);
        var reader = feed.Follow(NumberOf(snapshot))!;
        for (var i = 0; i < 100; i++) Tell(feed, peers[i % 40], EventKind.NeighborAdded, peers[(i * 7 + 1) % 40]);
        await UntilAppliedAsync(feed);

        var batches = await ReadAsync(feed, reader);

        var seqs = batches.SelectMany(batch => batch.GetProperty("events").EnumerateArray())
            .Select(line => line.GetProperty("seq").GetInt64());
        Assert.That(seqs, Is.EqualTo(Enumerable.Range(1, 100)));
        Assert.That(batches.Zip(batches.Skip(1)).All(pair =>
            pair.First.GetProperty("to").GetInt64() == pair.Second.GetProperty("from").GetInt64()));
    }

    [Test]
    public async Task Who_follows_from_an_older_snapshot_is_told_to_begin_again()
    {
        using var feed = Create();
        _ = Snapshot(feed);
        var reader = feed.Follow(after: 77)!;

        Assert.That(await TextAsync(feed, reader), Does.StartWith("event: again"));
    }

    [Test]
    public void A_reader_that_does_not_read_loses_what_waits_and_holds_nobody_up()
    {
        var slow = new Reader();
        for (var i = 0; i < 10 * Reader.MostWaiting; i++) slow.Hand([(byte)'x']);
        slow.End();

        var sent = SentTo(slow);

        Assert.That(sent, Is.EqualTo(new string('x', Reader.MostWaiting) + "event: again\ndata: {}\n\n"));
    }

    [Test]
    public async Task Copies_are_counted_and_not_told_one_by_one()
    {
        using var feed = Create();
        var reader = feed.Follow(NumberOf(Snapshot(feed)))!;
        for (var i = 0; i < 1000; i++) Tell(feed, peers[0], EventKind.GossipDuplicate, peers[1]);
        Tell(feed, peers[0], EventKind.Suspected, peers[1]);
        await UntilAppliedAsync(feed);

        var batches = await ReadAsync(feed, reader);

        Assert.That(batches.Sum(batch => batch.GetProperty("events").GetArrayLength()), Is.EqualTo(1));
        var counted = batches.Sum(batch =>
            batch.GetProperty("left").TryGetProperty("gossipDuplicate", out var count) ? count.GetInt64() : 0);
        Assert.That(counted, Is.EqualTo(1000));
        Assert.That(Snapshot(feed).GetProperty("counts").GetProperty("gossipDuplicate").GetInt64(), Is.EqualTo(1000));
    }

    [Test]
    public async Task A_snapshot_tells_how_long_floods_took()
    {
        using var feed = Create();
        var (flooded, recovered) = (RunStory.Message(7000, 1), RunStory.Message(7000, 1, recovered: true));
        feed.Write(++seq, peers[0], Instant.FromSeconds(1), new(EventKind.GossipPublished, default, 1, flooded));
        feed.Write(++seq, peers[1], Instant.FromSeconds(1.02), new(EventKind.GossipDelivered, peers[0], 1, flooded));
        feed.Write(++seq, peers[2], Instant.FromSeconds(9), new(EventKind.GossipDelivered, peers[0], 1, recovered));
        await UntilAppliedAsync(feed);

        var latency = Snapshot(feed).GetProperty("latency").EnumerateArray().Select(number => number.GetInt32());

        Assert.That(latency, Is.EqualTo(new[] { LatencyBins.BinOf(20), 1 }));
    }

    [Test]
    public async Task Too_much_for_a_page_means_begin_again_and_the_snapshot_is_whole()
    {
        using var feed = Create();
        var reader = feed.Follow(NumberOf(Snapshot(feed)))!;
        for (var i = 0; i < 200_000; i++) Tell(feed, peers[i % 40], EventKind.NeighborAdded, peers[(i * 7 + 1) % 40]);
        await UntilAppliedAsync(feed);

        var snapshot = Snapshot(feed);
        Assert.That(await TextAsync(feed, reader), Does.Contain("event: again"));
        Assert.That(snapshot.GetProperty("seq").GetInt64(), Is.EqualTo(200_000));
        Assert.That(snapshot.GetProperty("counts").GetProperty("neighborAdded").GetInt64(), Is.EqualTo(200_000));
    }

    [Test]
    public void No_more_readers_are_let_in_than_there_is_room_for()
    {
        using var feed = Create();
        var readers = Enumerable.Range(0, 40).Select(_ => feed.Follow(0)).ToList();

        Assert.That(readers.Count(reader => reader is not null), Is.EqualTo(32));
        feed.Leave(readers[0]!);
        Assert.That(feed.Follow(0), Is.Not.Null);
    }

    [Test]
    public void A_ring_gives_back_in_order_and_says_when_it_is_full()
    {
        var ring = new EventRing(4);
        var taken = new List<long>();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++) Assert.That(ring.TryAppend(Numbered(round * 4 + i)), Is.True);
            Assert.That(ring.TryAppend(Numbered(99)), Is.False);
            while (ring.TryTake(out var item)) taken.Add(item.Seq);
        }

        Assert.That(taken, Is.EqualTo(Enumerable.Range(0, 12)));

        static FedEvent Numbered(long number) => new(number, seed, default, default);
    }

    private static EventFeed Create() => new([seed], json => json.WriteString("run"u8, "test"));

    private static JsonElement Snapshot(EventFeed feed) =>
        JsonDocument.Parse(feed.TakeSnapshot()).RootElement.Clone();

    private static long NumberOf(JsonElement snapshot) => snapshot.GetProperty("batch").GetInt64();

    private void Tell(EventFeed feed, NodeAddress node, EventKind kind, NodeAddress about) =>
        feed.Write(++seq, node, Instant.FromSeconds(seq / 1000.0), new ProtocolEvent(kind, about));

    private Task UntilAppliedAsync(EventFeed feed) => Patience.UntilAsync(
        () => Snapshot(feed).GetProperty("seq").GetInt64() == seq, "all is in the snapshot");

    private static async Task<JsonElement[]> ReadAsync(EventFeed feed, Reader reader) =>
        [.. (await TextAsync(feed, reader)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(each => each.StartsWith("event: batch", StringComparison.Ordinal))
            .Select(each => JsonDocument.Parse(each[(each.IndexOf("data: ", StringComparison.Ordinal) + 6)..])
                .RootElement.Clone())];

    /// <summary>All that a reader was handed until the feed ended.</summary>
    private static Task<string> TextAsync(EventFeed feed, Reader reader)
    {
        feed.Dispose();
        return Task.FromResult(SentTo(reader));
    }

    private static string SentTo(Reader reader)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        reader.SendAsync(context).GetAwaiter().GetResult();
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }
}
