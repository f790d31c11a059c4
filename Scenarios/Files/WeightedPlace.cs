using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>Something that nodes can be in.</summary>
internal abstract record WeightedPlace
{
    public const double LargestWeight = 1e12;

    public const string NamePattern = @"^\S(.{0,62}\S)?$";

    public const string NameWords = "a name of at most 64 characters without a space at its ends";

    [Description("Its name.")]
    [RegularExpression(NamePattern, ErrorMessage = NameWords)]
    public required string Name { get; init; }

    [Description("How many nodes are here, compared with the other weights, on average.")]
    [Range(0, LargestWeight)]
    public double Weight { get; init; } = 1;
}
