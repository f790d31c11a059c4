using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using Microsoft.AspNetCore.Http;

namespace GossipSim.Scenarios.Pages;

/// <summary>
/// From a run to the browsers that follow it. The run's thread appends to a ring and does nothing else; a thread of
/// this feed keeps the world, makes a batch at most twenty times a second, and hands it to every reader's queue.
/// Nobody waits for a browser.
/// </summary>
internal sealed class EventFeed : ILiveFeed, IDisposable
{
    /// <summary>More than a second of a TCP run with a thousand peers. Our choice.</summary>
    private const int RingSize = 1 << 16;

    /// <summary>Batches that whoever has just read the snapshot can still catch up with.</summary>
    private const int MostKept = 100;

    private const int MostReaders = 32;

    private static readonly TimeSpan interval = TimeSpan.FromMilliseconds(50);

    /// <summary>So long after the last snapshot somebody may still come for the events after it.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    private readonly Action<Utf8JsonWriter> about;
    private readonly EventRing ring = new(RingSize);
    private readonly ManualResetEventSlim isBusy = new();
    private readonly Lock gate = new();
    private readonly WorldState world;
    private readonly PublicationTimes publications = new();
    private readonly FeedBatch batch = new();
    private readonly Queue<(long Number, byte[] Bytes)> kept = [];
    private readonly List<Reader> readers = [];
    private readonly long[] lost = new long[Enum.GetValues<EventKind>().Length];
    private readonly long[] toldLost = new long[Enum.GetValues<EventKind>().Length];
    private readonly Thread thread;
    private long number;
    private long askedAt;
    private long sentAt;
    private volatile bool isOver;

    /// <param name="about">Writes the property <c>run</c> of a snapshot: what the run is.</param>
    public EventFeed(IEnumerable<NodeAddress> seedNodes, Action<Utf8JsonWriter> about)
    {
        this.about = about;
        world = new WorldState(seedNodes);
        thread = new Thread(Pump) { IsBackground = true, Name = "page feed" };
        thread.Start();
    }

    /// <summary>Browsers that follow now.</summary>
    public int Readers
    {
        get
        {
            lock (gate) return readers.Count;
        }
    }

    /// <summary>
    /// By the run's thread. Gossip that finds the ring full is counted only; what changes nodes and links waits for
    /// this feed's thread, which itself waits for nobody.
    /// </summary>
    public void Write(long seq, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        // The most frequent ones; nothing is drawn of them.
        if (e.Kind == EventKind.GossipDuplicate) Volatile.Write(ref lost[(int)e.Kind], lost[(int)e.Kind] + 1);
        else Append(new FedEvent(seq, node, now, e));
    }

    public void Mark(long seq, string kind, Instant now) => Append(new FedEvent(seq, default, now, default, kind));

    public PageRoutes AddTo(PageRoutes routes) =>
        routes.Get("/api/snapshot", SendSnapshotAsync).Get("/api/events", SendEventsAsync);

    /// <summary>The snapshot of this moment, as pages read it.</summary>
    public ReadOnlyMemory<byte> TakeSnapshot()
    {
        lock (gate)
        {
            if (!batch.IsEmpty) Send();
            askedAt = Stopwatch.GetTimestamp();
            return PageAnswer.Bytes(json => WorldSnapshot.Write(json, world, AboutTheRun));
        }
    }

    /// <summary>Lets a browser follow from the snapshot on that it has.</summary>
    /// <param name="after">The number of the last batch that it knows.</param>
    public Reader? Follow(long after)
    {
        lock (gate)
        {
            if (readers.Count == MostReaders || isOver) return null;
            var reader = new Reader();
            if (!batch.IsEmpty) Send();
            var missing = kept.Where(each => each.Number > after).ToList();
            if (missing.Count != number - after) reader.Hand(FeedBatch.Again);
            else foreach (var each in missing) reader.Hand(each.Bytes);
            readers.Add(reader);
            return reader;
        }
    }

    public void Leave(Reader reader)
    {
        lock (gate) readers.Remove(reader);
    }

    public void Dispose()
    {
        if (isOver) return;
        isOver = true;
        isBusy.Set();
        thread.Join();
        lock (gate)
        {
            if (!batch.IsEmpty) Send();
            foreach (var reader in readers) reader.End();
        }

        batch.Dispose();
        isBusy.Dispose();
    }

    private void AboutTheRun(Utf8JsonWriter json)
    {
        about(json);
        json.WriteNumber("batch"u8, number);
    }

    private void Append(in FedEvent fed)
    {
        while (!ring.TryAppend(fed))
        {
            if (isOver) return;
            if (fed is { Mark: null, Event.Kind: EventKind.GossipDelivered })
            {
                Volatile.Write(ref lost[(int)fed.Event.Kind], lost[(int)fed.Event.Kind] + 1);
                return;
            }

            isBusy.Set();
            Thread.Sleep(0);
        }

        if (ring.Count > RingSize / 4 && !isBusy.IsSet) isBusy.Set();
    }

    private void Pump()
    {
        while (!isOver)
        {
            isBusy.Wait(interval);
            isBusy.Reset();
            lock (gate) Take();
        }

        lock (gate) Take();
    }

    private void Take()
    {
        var isHeard = readers.Count > 0 || Stopwatch.GetElapsedTime(askedAt) < patience;
        while (ring.TryTake(out var fed))
        {
            var before = world.Seq;
            var bin = fed.Mark is null ? publications.Observe(fed.Event, fed.Now) : -1;
            if (fed.Mark is { } mark) world.Mark(fed.Seq, mark, fed.Now);
            else world.Apply(fed.Seq, fed.Node, fed.Now, fed.Event, bin);
            if (!isHeard) continue;
            if (batch.IsEmpty) batch.Begin(before);
            batch.Add(fed, bin);
        }

        CountLost(isHeard);
        if (!isHeard) kept.Clear();
        else if (!batch.IsEmpty && Stopwatch.GetElapsedTime(sentAt) >= interval) Send();
    }

    private void CountLost(bool isHeard)
    {
        for (var kind = 0; kind < lost.Length; kind++)
        {
            var more = Volatile.Read(ref lost[kind]) - toldLost[kind];
            if (more == 0) continue;
            toldLost[kind] += more;
            world.Count((EventKind)kind, more);
            if (!isHeard) continue;
            if (batch.IsEmpty) batch.Begin(world.Seq);
            batch.Leave((EventKind)kind, count: more);
        }
    }

    private void Send()
    {
        sentAt = Stopwatch.GetTimestamp();
        var isTooMuch = batch.IsTooMuch;
        number++;
        var bytes = isTooMuch ? FeedBatch.Again : batch.Close(number, world.Seq, world.At);
        if (isTooMuch) kept.Clear();
        else kept.Enqueue((number, bytes));
        if (kept.Count > MostKept) kept.Dequeue();
        batch.Begin(world.Seq);
        foreach (var reader in readers) reader.Hand(bytes);
    }

    private Task SendSnapshotAsync(HttpContext context) => PageAnswer.JsonAsync(context, TakeSnapshot());

    private async Task SendEventsAsync(HttpContext context)
    {
        var text = context.Request.Query["after"].ToString();
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            throw new PageRefusal(StatusCodes.Status400BadRequest, "after: the number of a batch, such as after=0");
        var reader = Follow(after) ?? throw new PageRefusal(
            StatusCodes.Status503ServiceUnavailable,
            isOver ? "the run's events are over" : $"{MostReaders} pages follow this run already");
        try
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await reader.SendAsync(context);
        }
        finally
        {
            Leave(reader);
        }
    }
}
