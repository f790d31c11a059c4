using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Replaying;

/// <summary>
/// One of two runs in lockstep: a rolling hash of all that each node heard and did, texts of messages included, and
/// the inputs since both runs were last found equal.
/// </summary>
internal sealed class TwinRun(AddressPlan plan, Lockstep lockstep) : ISimulationWatch
{
    /// <summary>Our choice: inputs kept of one slice. The first ones matter, so later ones are left out.</summary>
    public const int KeptInputs = 50_000;

    private readonly ulong[] hashes = new ulong[plan.Count];
    private readonly long[] inputs = new long[plan.Count];
    private readonly List<KeptInput> kept = [];
    private readonly Lock gate = new();

    // One object is sent to many: its text is made once.
    private readonly Dictionary<object, ulong> contents = new(ReferenceEqualityComparer.Instance);

    /// <param name="Number">Which input of its node, from 1.</param>
    /// <param name="Hash">Of the node, after it.</param>
    public readonly record struct KeptInput(
        int Node, long Number, ulong Hash, Input Input, IReadOnlyList<Output> Outputs);

    /// <summary>By place in the plan.</summary>
    public ReadOnlySpan<ulong> Hashes => hashes;

    public IReadOnlyList<KeptInput> Kept => kept;

    /// <summary>How many inputs were handled since the last slice that was equal.</summary>
    public int Handles { get; private set; }

    public void Handled(NodeAddress node, in Input input, IReadOnlyList<Output> outputs)
    {
        lock (gate) Note(plan.IndexOf(node), input, outputs);
    }

    private void Note(int place, in Input input, IReadOnlyList<Output> outputs)
    {
        var hash = Mix64.Of(hashes[place], (ulong)input.Now.Microseconds, ((ulong)input.Kind << 32) | (uint)input.Hops);
        hash = Mix64.Of(hash ^ input.From.Packed, HashOf(input.Timer), HashOf(input.Message));
        foreach (var output in outputs) hash = Mix64.Of(hash, HashOf(output));
        hashes[place] = hash;
        inputs[place]++;
        if (Handles++ < KeptInputs) kept.Add(new KeptInput(place, inputs[place], hash, input, outputs));
    }

    public void Reached(Instant now) => lockstep.Reached(now);

    /// <summary>Both runs are equal so far.</summary>
    public void BeginSlice()
    {
        kept.Clear();
        contents.Clear();
        Handles = 0;
    }

    private ulong HashOf(in Output output)
    {
        var hash = Mix64.Of(((ulong)output.Kind << 32) | (uint)output.Hops, output.About.Packed, HashOf(output.Timer));
        hash = Mix64.Of(hash, (ulong)output.After.Ticks, (ulong)output.Event.Kind);
        return Mix64.Of(
            hash ^ output.Event.About.Packed, (ulong)output.Event.Number, HashOf(output.Content));
    }

    private static ulong HashOf(ProtocolTimer timer) =>
        Mix64.Of((ulong)timer.Kind, timer.About.Packed, (ulong)timer.Round);

    private ulong HashOf(object? content)
    {
        if (content is null) return 0;
        if (contents.TryGetValue(content, out var known)) return known;
        var hash = 1UL;
        foreach (var character in Output.ContentText(content)) hash = Mix64.Of(hash + character);
        contents.Add(content, hash);
        return hash;
    }
}
