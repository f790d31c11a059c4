using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>
/// The first place where a replay went another way. A text is null where that side had no more outputs.
/// </summary>
public sealed record ReplayDifference(int Index, string? Recorded, string? Replayed);

public sealed record ReplayResult(ulong RecordedHash, ulong ReplayedHash, ReplayDifference? First)
{
    public bool IsEqual => First is null;
}

/// <summary>Runs a recorded process again, offline: no sockets, no clock, only its start and its inputs.</summary>
public static class Replay
{
    public static ReplayResult Run(NodeFactory factory, Recording recording)
    {
        var nodeId = ProcessIdentity.NodeIdOf(recording.RandomSeed, recording.Address, recording.StartNumber);
        var random = ProcessIdentity.RandomOf(recording.RandomSeed, recording.Address, recording.StartNumber);
        var node = factory(new NodeStart(recording.Address, nodeId, recording.Disk));
        var recorder = new OutputRecorder();
        foreach (var input in recording.Inputs)
        {
            recorder.Begin(input);
            var context = new NodeContext(
                recording.Address, input.Now, ref random, recorder, recorder, recorder, recorder);
            input.Handle(node, context);
        }

        return Compare(recording.Outputs, recorder.Outputs);
    }

    private static ReplayResult Compare(IReadOnlyList<string> recorded, IReadOnlyList<string> replayed)
    {
        ReplayDifference? first = null;
        var hashes = (Recorded: 0UL, Replayed: 0UL);
        for (var index = 0; index < Math.Max(recorded.Count, replayed.Count); index++)
        {
            var was = index < recorded.Count ? recorded[index] : null;
            var now = index < replayed.Count ? replayed[index] : null;
            if (was is not null) hashes.Recorded = Add(hashes.Recorded, was);
            if (now is not null) hashes.Replayed = Add(hashes.Replayed, now);
            if (was != now) first ??= new ReplayDifference(index, was, now);
        }

        return new ReplayResult(hashes.Recorded, hashes.Replayed, first);
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var character in text) hash = Mix64.Of(hash + character);
        return hash;
    }
}
