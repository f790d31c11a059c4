namespace GossipSim.Scenarios.Exporting;

/// <summary>The formats that other programs read overlays in.</summary>
internal enum ExportFormat
{
    /// <summary>The overlay at the end (graphml.graphdrawing.org).</summary>
    GraphMl,

    /// <summary>The whole run: who was there and which links stood from when to when (GEXF 1.3, gexf.net).</summary>
    Gexf,

    /// <summary>The overlay at the end, for Graphviz.</summary>
    Dot,

    /// <summary>The overlay at the end as two tables, one of the links and one of the peers.</summary>
    Csv,
}
