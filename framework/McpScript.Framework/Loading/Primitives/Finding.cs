namespace McpScript.Loading.Primitives;

/// <summary>Place of an attributed method in its class, which decides between two of one name.</summary>
enum Finding
{
    /// <summary>Declared by the class itself: a second one of the same name is a mistake.</summary>
    Own,

    /// <summary>Declared by a base class: gives way to what is there.</summary>
    Inherited,

    /// <summary>An instance method of an abstract class: gives way to that of a class that can be made.</summary>
    Abstract,
}
