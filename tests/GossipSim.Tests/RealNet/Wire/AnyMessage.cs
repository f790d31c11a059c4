using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.RealNet.Wire;

/// <summary>Generates values of every message type, by what their constructors take.</summary>
internal static class AnyMessage
{
    private static readonly Gen<ulong> Bits = Gen.Choose(0, int.MaxValue)
        .SelectMany(high => Gen.Choose(0, int.MaxValue).Select(low => Mix64.Of((ulong)high, (ulong)low)));

    private static readonly Gen<string> Text = Gen.Elements(
        "", "a", "127.0.0.1:7000", "quote \" backslash \\ slash /", "line\nfeed\r\ttab", "\0\u0001\u001f\u007f",
        "\u00FC\u4E2D\U0001F600", "{\"type\":\"PING\"}", new string('x', 3000));

    public static readonly Type[] Types = [.. typeof(Message).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Message)) && type.IsSealed)];

    public static readonly Gen<Message> Messages = Gen.OneOf(Types.Select(Of));

    public static Gen<Message> Of(Type type) => Value(type).Select(value => (Message)value!);

    private static Gen<object?> Value(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Gen.OneOf(Gen.Constant<object?>(null), Value(inner));
        if (type == typeof(int)) return Gen.OneOf(Gen.Choose(0, 9), Gen.Choose(0, int.MaxValue)).Select(Box);
        if (type == typeof(long)) return Bits.Select(bits => (object?)(long)(bits >> 1));
        if (type == typeof(byte)) return Bits.Select(bits => (object?)(byte)bits);
        if (type == typeof(ulong)) return Bits.Select(Box);
        if (type == typeof(bool)) return Gen.Elements(true, false).Select(Box);
        if (type == typeof(string)) return Text.Select(text => (object?)text);
        if (type == typeof(NodeId)) return Bits.Select(bits => (object?)new NodeId(bits));
        if (type == typeof(NodeAddress))
            return Bits.Select(bits =>
                (object?)(bits % 8 == 0 ? NodeAddress.None : new NodeAddress((uint)bits, Port(bits))));
        if (type.IsEnum) return Gen.Elements(Enum.GetValues(type).Cast<object?>().ToArray());
        return type.IsArray ? Array(type.GetElementType()!) : Record(type);
    }

    private static Gen<object?> Array(Type element) => Gen.Choose(0, 12).SelectMany(count =>
        Gen.CollectToList(Enumerable.Repeat(Value(element), count), gen => gen).Select(values =>
        {
            var array = System.Array.CreateInstance(element, values.Count);
            for (var index = 0; index < values.Count; index++) array.SetValue(values[index], index);
            return (object?)array;
        }));

    private static Gen<object?> Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        var nullability = new NullabilityInfoContext();
        var arguments = constructor.GetParameters().Select(parameter =>
            !parameter.ParameterType.IsValueType
            && nullability.Create(parameter).WriteState == NullabilityState.Nullable
                ? Gen.OneOf(Gen.Constant<object?>(null), Value(parameter.ParameterType))
                : Value(parameter.ParameterType));
        return Gen.CollectToList(arguments, gen => gen).Select(values => (object?)constructor.Invoke([.. values]));
    }

    private static ushort Port(ulong bits) => (ushort)Math.Max(1, bits >> 48);

    private static object? Box<T>(T value) => value;
}
