using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>The first place where a replay went another way.</summary>
/// <param name="Input">The index of the input of the process, from 0.</param>
/// <param name="Recorded">What it did then; null where it did nothing more.</param>
/// <param name="Replayed">What it did now; null where it did nothing more.</param>
public sealed record ReplayDifference(int Input, string? Recorded, string? Replayed);

/// <param name="Inputs">How many were replayed: all of them when the process did the same at each.</param>
public sealed record ReplayResult(
    NodeAddress Address, int StartNumber, int Inputs, ulong RecordedHash, ulong ReplayedHash, ReplayDifference? First)
{
    public bool IsEqual => First is null;
}

/// <summary>Runs a recorded process again from its beginning to its end.</summary>
public static class Replay
{
    public static ReplayResult Run(NodeFactory factory, Recording recording)
    {
        using var process = new ReplayedProcess(factory, recording);
        while (process.Next is not null) process.Step();
        return process.Result;
    }
}
