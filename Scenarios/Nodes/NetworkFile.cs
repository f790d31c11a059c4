namespace GossipSim.Scenarios.Nodes;

/// <summary>An address as somebody wrote it: the host may be a name.</summary>
/// <param name="Place">Where it was written, for messages.</param>
internal readonly record struct WrittenAddress(string Host, ushort Port, string Place)
{
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>What a file of the documents says about a network: its seed nodes, and in config.yml also peers.</summary>
/// <param name="Name">What messages call the file.</param>
internal sealed record NetworkFile(string Name, IReadOnlyList<WrittenAddress> SeedNodes)
{
    /// <summary>Of config.yml: the first and the last port for peers.</summary>
    public (ushort First, ushort Last)? PeerPorts { get; init; }

    /// <summary>Of config.yml: peers to start with.</summary>
    public int? InitialPeers { get; init; }
}
