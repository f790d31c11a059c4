namespace GossipSim.Scenarios.Exporting;

/// <summary>A peer as other programs get it; a null is what the run does not tell, or what never happened.</summary>
internal sealed record ExportedPeer
{
    public required string Address { get; init; }

    /// <summary>Links at the end; 0 for whoever is not there any more.</summary>
    public required int Degree { get; init; }

    public int? Epoch { get; init; }

    /// <summary>What seed nodes gave it on its latest registration: the smaller, the older.</summary>
    public long? JoinStamp { get; init; }

    public double? StartedSeconds { get; init; }

    /// <summary>Its latest crash.</summary>
    public double? CrashedSeconds { get; init; }

    /// <summary>When a seed node first committed its latest removal.</summary>
    public double? RemovedSeconds { get; init; }

    public double? LeftSeconds { get; init; }

    public bool IsLive { get; init; } = true;

    /// <summary>When it ran.</summary>
    public IReadOnlyList<Spell> Spells { get; init; } = [];
}

/// <summary>A link between two peers, by their places in the list of peers.</summary>
/// <param name="Spells">When both ends listed each other; empty where the run does not tell.</param>
internal sealed record ExportedLink(int A, int B, bool IsLive, IReadOnlyList<Spell> Spells)
{
    /// <summary>Since when it has stood; null where the run does not tell.</summary>
    public double? SinceSeconds => Spells is [.., var last] ? last.Start : null;
}

/// <summary>The overlay of a stored run.</summary>
internal sealed record ExportedOverlay
{
    /// <summary>The scenario, its random seed and where it ran.</summary>
    public required string Description { get; init; }

    public required IReadOnlyList<ExportedPeer> Peers { get; init; }

    public required IReadOnlyList<ExportedLink> Links { get; init; }

    /// <summary>The first and the last moment, in seconds of scenario time; null for a single moment.</summary>
    public Spell? Span { get; init; }

    /// <summary>What is missing, in a sentence; null for nothing.</summary>
    public string? Missing { get; init; }

    /// <summary>Only who was there at the end.</summary>
    public ExportedOverlay AtEnd()
    {
        var places = new int[Peers.Count];
        var live = new List<ExportedPeer>();
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = live.Count;
            if (Peers[i].IsLive) live.Add(Peers[i]);
        }

        return this with
        {
            Peers = live,
            Links = [.. Links.Where(link => link.IsLive).Select(link => link with
            {
                A = places[link.A], B = places[link.B],
            })],
        };
    }
}
