namespace GossipSim.Scenarios.CommandLine;

/// <summary>How the program ends, as scripts see it.</summary>
internal enum ExitCode
{
    /// <summary>All invariants and expectations held.</summary>
    Held = 0,

    /// <summary>An invariant or expectation failed.</summary>
    Failed = 1,

    /// <summary>A mistake in a scenario file, an input file or the command line.</summary>
    BadInput = 2,

    /// <summary>The data do not say, where that was the question.</summary>
    Inconclusive = 3,

    /// <summary>The machine does not let us: a port in use, too few descriptors, formation not done in time.</summary>
    Environment = 4,

    /// <summary>A bug of this program.</summary>
    Internal = 5,

    /// <summary>Stopped by the user; results so far are kept.</summary>
    Cancelled = 130,
}
