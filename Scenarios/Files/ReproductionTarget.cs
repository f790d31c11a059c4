using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>Marks a scenario that was found, or shrunk, to show a broken promise.</summary>
internal sealed record ReproductionTarget
{
    [Description("The invariant that a run of this file breaks; formation or noException where a run ended early.")]
    [RegularExpression(Scenario.NamePattern, ErrorMessage = Scenario.NameWords)]
    public required string Invariant { get; init; }
}
