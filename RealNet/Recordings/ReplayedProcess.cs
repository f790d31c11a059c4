using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>What one entry of a recording came to when it was replayed.</summary>
/// <param name="Index">Which input of its process, from 0; for what the host did, the input before it.</param>
public readonly record struct ReplayedEntry(
    NodeAddress Node, NodeId NodeId, int StartNumber, int Index, RecordedEntry Recorded, IReadOnlyList<Output> Outputs);

/// <summary>
/// A recorded process that runs again, offline, one entry after another: no sockets, no clock, only its start and its
/// inputs. It stops at the first entry at which it does something else than it did then.
/// </summary>
public sealed class ReplayedProcess : IInputObserver, IDisposable
{
    private readonly Recording recording;
    private readonly NodeId nodeId;
    private readonly IEnumerator<RecordedEntry> entries;
    private readonly Node node;
    private readonly OutputRecorder recorder;
    private NodeRandom random;
    private List<Output> outputs = [];
    private (ulong Recorded, ulong Replayed) hashes;
    private int inputs;
    private ReplayDifference? first;
    private bool hasNext;

    public ReplayedProcess(NodeFactory factory, Recording recording)
    {
        this.recording = recording;
        var (randomSeed, address, start) = (recording.RandomSeed, recording.Address, recording.StartNumber);
        random = ProcessIdentity.RandomOf(randomSeed, address, start);
        nodeId = ProcessIdentity.NodeIdOf(randomSeed, address, start);
        node = factory(new NodeStart(address, nodeId, recording.Disk));
        recorder = new OutputRecorder(this);
        entries = recording.Entries.GetEnumerator();
        hasNext = entries.MoveNext();
    }

    /// <summary>When the next entry happened; null at the end.</summary>
    public Instant? Next => hasNext ? entries.Current.At : null;

    /// <summary>So far. Equal only when both sides did the same at every input.</summary>
    public ReplayResult Result =>
        new(recording.Address, recording.StartNumber, inputs, hashes.Recorded, hashes.Replayed, first);

    /// <summary>Lets the next entry happen; there must be one.</summary>
    public ReplayedEntry Step()
    {
        var entry = entries.Current;
        outputs = [];
        if (entry.Input is { } input)
        {
            Handle(input);
            Compare(entry);
            inputs++;
        }

        hasNext = first is null && entries.MoveNext();
        return new ReplayedEntry(
            recording.Address, nodeId, recording.StartNumber, Math.Max(0, inputs - 1), entry, outputs);
    }

    public void Dispose() => entries.Dispose();

    void IInputObserver.Begin(in Input input)
    {
    }

    void IInputObserver.Did(in Output output) => outputs.Add(output);

    private void Handle(in Input input)
    {
        try
        {
            input.Handle(node, new NodeContext(
                recording.Address, input.Now, ref random, recorder, recorder, recorder, recorder));
        }
        catch (Exception thrown)
        {
            // A node that throws where it did not throw then is a difference like any other, and is told as one.
            first = new ReplayDifference(inputs, Recorded: null, $"{thrown.GetType().Name}: {thrown.Message}");
        }
    }

    private void Compare(RecordedEntry entry)
    {
        for (var index = 0; index < Math.Max(entry.Outputs.Count, outputs.Count); index++)
        {
            var was = index < entry.Outputs.Count ? entry.Outputs[index] : null;
            var now = index < outputs.Count ? outputs[index].Describe() : null;
            hashes = (Add(hashes.Recorded, was), Add(hashes.Replayed, now));
            if (was != now) first ??= new ReplayDifference(inputs, was, now);
        }
    }

    private ulong Add(ulong hash, string? text)
    {
        hash = Mix64.Of(hash, (ulong)inputs);
        foreach (var character in text ?? "") hash = Mix64.Of(hash + character);
        return hash;
    }
}
