using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>A table that is there only while something is in it, against a dictionary.</summary>
[TestFixture]
internal sealed class LazyTableTests
{
    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(300);

    private static readonly Arbitrary<(int Deed, int Key)[]> anyDeeds = Gen.ArrayOf(
        from deed in Gen.Frequency((6, Gen.Choose(0, 2)), (1, Gen.Constant(3)))
        from key in Gen.Choose(0, 5)
        select (deed, key), 60).ToArbitrary();

    [Test]
    public void It_holds_what_a_dictionary_holds() => Prop.ForAll(anyDeeds, deeds =>
    {
        var table = new LazyTable<int, string>();
        var model = new Dictionary<int, string>();
        foreach (var (deed, key) in deeds)
        {
            var value = $"{deed} {key}";
            if (deed == 0) table[key] = model[key] = value;
            else if (deed == 1 && model.TryAdd(key, value)) table.Add(key, value);
            else if (deed == 2 && !RemoveAlike(ref table, model, key)) return false;
            else if (deed == 3) Clear(ref table, model);

            if (table.Count != model.Count) return false;
            for (var each = 0; each <= 5; each++)
            {
                if (table.ContainsKey(each) != model.ContainsKey(each)) return false;
                if (table.TryGetValue(each, out var found) != model.TryGetValue(each, out var right)) return false;
                if (found != right || (right is not null && table[each] != right)) return false;
            }
        }

        return true;
    }).Check(replayed);

    private static bool RemoveAlike(ref LazyTable<int, string> table, Dictionary<int, string> model, int key) =>
        table.Remove(key, out var gone) == model.Remove(key, out var known) && gone == known;

    private static void Clear(ref LazyTable<int, string> table, Dictionary<int, string> model)
    {
        table.Clear();
        model.Clear();
    }
}
