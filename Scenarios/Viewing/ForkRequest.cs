namespace GossipSim.Scenarios.Viewing;

/// <summary>A run to be run again, otherwise from a moment on.</summary>
/// <param name="At">The moment, in scenario time. Nothing before it may change.</param>
internal sealed record ForkRequest(TimeSpan At, IReadOnlyList<ForkEdit> Edits);

internal enum ForkDeed
{
    /// <summary>A strike of the run does not happen, or leaves one node out.</summary>
    Spare,

    /// <summary>A node crashes at the moment of the fork.</summary>
    Crash,

    /// <summary>It stands still from then on.</summary>
    Pause,

    /// <summary>It cannot reach anybody from then on, nor can anybody reach it.</summary>
    CutOff,
}

/// <param name="Node">As ip:port; of what is spared: null for the whole strike.</param>
/// <param name="Seq">What is spared: the number of the strike in the event log.</param>
/// <param name="DurationSeconds">Of what is added; null for the rest of the run.</param>
internal sealed record ForkEdit(ForkDeed Deed, string? Node = null, long? Seq = null, double? DurationSeconds = null);
