namespace GossipSim.Engine.Protocol;

/// <summary>
/// Floods messages in the name of another live peer, under the number that this one would use next. Nothing in an
/// unsigned message tells them from the origin's own.
/// </summary>
internal sealed class ForgeOrigin(LiarMemory memory, LiarOptions options) : Misbehavior(memory, options)
{
    private readonly Dictionary<NodeAddress, GossipKey> forged = [];

    public override bool LiesByItself => true;

    public override void OnTick(in NodeContext context)
    {
        var origin = Victim.IsNone ? Choose(context) : Victim;
        if (origin.IsNone) return;
        if (Next(origin) is not { } key)
        {
            // Its epoch is in the answer that anybody may ask for.
            context.Send(origin, new Ping(Digest: null));
            return;
        }

        if (key.Number > Options.HighestNumber) return;
        forged[origin] = key;
        var id = $"{Timestamp(context)}:{origin}:{key.Number}";
        TellNeighbors(new Gossip(id, origin, key.Epoch, key.Number, $"never said by {origin}"), context);
    }

    private NodeAddress Choose(in NodeContext context)
    {
        if (Memory.Acquaintances.Count == 0) return NodeAddress.None;
        var chosen = Memory.Acquaintances[context.Random.Next(Memory.Acquaintances.Count)].Address;
        return chosen == context.Self ? NodeAddress.None : chosen;
    }

    /// <summary>One above what was heard of that origin in its present epoch, or was made up before.</summary>
    private GossipKey? Next(NodeAddress origin)
    {
        var next = default(GossipKey?);
        if (Memory.TryFind(origin, out var known)) next = new GossipKey(origin, known.Epoch, 1);
        if (Memory.TryFindLatest(origin, out var heard)) next = Above(heard, next);
        return forged.TryGetValue(origin, out var before) ? Above(before, next) : next;
    }

    private static GossipKey Above(GossipKey used, GossipKey? next) =>
        next is { } other && (other.Epoch, other.Number).CompareTo((used.Epoch, used.Number)) > 0
            ? other
            : used with { Number = used.Number + 1 };
}
